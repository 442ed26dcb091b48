// Arranca reveal y pone lo que el cuaderno pide: cuentas, pasos y filas.

const imprime = location.search.includes("print-pdf");

// Las tablas de la charla crecen fila por fila, y el resumen, punto por punto;
// lo primero ya está.
for (const fila of document.querySelectorAll(
  ".diapositiva:not(.anexo) .celda > .tabla tbody tr:not(:first-child)," +
    ".cierre:not(.anexo) .celda > ul > li:not(:first-child)",
)) {
  fila.classList.add("fragment");
}

// «1-3,5» → las líneas de ese paso.
function lineas(texto) {
  return texto.split(",").flatMap((tramo) => {
    const [desde, hasta = desde] = tramo.split("-").map(Number);
    return Array.from({ length: hasta - desde + 1 }, (_, i) => desde + i);
  });
}

// Se ilumina lo que dice el último paso a la vista.
function ilumina() {
  for (const celda of document.querySelectorAll(".celda:has(> .paso)")) {
    const vistos = celda.querySelectorAll(":scope > .paso.visible");
    const paso = [...vistos].at(-1) ?? celda.querySelector(".paso.primero");
    const elegidas = lineas(paso.dataset.lineNumbers);
    celda.querySelectorAll("pre > span[id]").forEach((linea, i) => {
      linea.classList.toggle("apagada", !imprime && !elegidas.includes(i + 1));
    });
  }
}

// La letra crece mientras quepa: se lee desde la última fila. Donde hay una
// figura no, porque la figura ocupa lo que sobra.
const ESCALAS = [1, 1.08, 1.16, 1.25, 1.35];

function cabe(contenido) {
  const anchos = [contenido, ...contenido.querySelectorAll("pre, .tabla")];
  return (
    contenido.scrollHeight <= contenido.clientHeight &&
    anchos.every((e) => e.scrollWidth <= e.clientWidth)
  );
}

// Los renglones de lo impreso: si suben, una línea ya no cabe en el suyo.
function renglones(contenido) {
  const alto = (pre) => pre.clientHeight / parseFloat(getComputedStyle(pre).lineHeight);
  const impresos = [...contenido.querySelectorAll(".salida > pre")];
  return impresos.reduce((suma, pre) => suma + Math.round(alto(pre)), 0);
}

// Todas dan cada paso a la vez: el navegador compone cinco veces, y no cinco
// por diapositiva.
function crece() {
  document.body.classList.add("midiendo");
  let quedan = [...document.querySelectorAll(".diapositiva:not(.portada) .contenido")]
    .filter((contenido) => !contenido.querySelector("img"))
    .map((contenido) => ({ contenido, escala: 1, renglones: renglones(contenido) }));
  const todas = quedan;
  for (const escala of ESCALAS) {
    for (const { contenido } of quedan) contenido.style.setProperty("--escala", escala);
    quedan = quedan.filter(
      (una) => cabe(una.contenido) && renglones(una.contenido) === una.renglones,
    );
    for (const una of quedan) una.escala = escala;
  }
  for (const una of todas) una.contenido.style.setProperty("--escala", una.escala);
  document.body.getBoundingClientRect(); // sin esto, cambiarían poco a poco
  document.body.classList.remove("midiendo");
}

// La cuenta de un ejercicio: clic o T la pone en marcha y la detiene.
function cuenta(boton) {
  let quedan = 60 * boton.dataset.minutos;
  let reloj = null;
  const escribe = () => {
    const [m, s] = [Math.floor(quedan / 60), quedan % 60];
    boton.textContent = quedan ? `${m}:${String(s).padStart(2, "0")}` : "Tiempo";
    boton.classList.toggle("corre", reloj !== null);
    boton.classList.toggle("acabada", !quedan);
    boton.setAttribute(
      "aria-label",
      quedan ? `Quedan ${m} min ${s} s; clic: marcha o pausa` : "Tiempo",
    );
  };
  const para = () => {
    clearInterval(reloj);
    reloj = null;
  };
  boton.addEventListener("click", () => {
    if (reloj !== null) {
      para();
    } else {
      quedan ||= 60 * boton.dataset.minutos;
      reloj = setInterval(() => {
        quedan -= 1;
        if (!quedan) para();
        escribe();
      }, 1000);
    }
    escribe();
  });
  escribe();
}
document.querySelectorAll(".cuenta").forEach(cuenta);

if (imprime) sueltaEnlaces();

function numero() {
  const { h, v } = Reveal.getIndices();
  const total = Reveal.getHorizontalSlides().length;
  return v ? [h + 1, "·", v] : [h + 1, "/", total];
}

async function empieza() {
  // Con las letras y las fórmulas puestas. Si algo no llega, arranca igual.
  const letras = [...document.fonts].map((letra) => letra.load());
  await Promise.race([
    Promise.allSettled([MathJax.startup.promise, ...letras]),
    new Promise((basta) => setTimeout(basta, 30000)),
  ]);
  crece();
  await Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    backgroundTransition: "none",
    center: false,
    defaultTiming: 0,
    hash: true,
    help: false,
    // Los mandos de mano envían «página»: recorren la charla, no el anexo.
    keyboard: {
      32: () => Reveal.right(),
      33: () => Reveal.left(),
      34: () => Reveal.right(),
      77: () => {
        const { h, v } = Reveal.getIndices(document.querySelector(".contenidos"));
        Reveal.slide(h, v);
      },
      84: () => Reveal.getCurrentSlide().querySelector(".cuenta")?.click(),
    },
    pdfMaxPagesPerSlide: 1,
    pdfSeparateFragments: false,
    plugins: [RevealNotes, RevealSearch, RevealZoom],
    slideNumber: numero,
    transition: "none",
  });
  ilumina();
  for (const cuando of ["fragmentshown", "fragmenthidden", "slidechanged"]) {
    Reveal.on(cuando, ilumina);
  }
}

empieza();
