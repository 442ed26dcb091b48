// Compone las fórmulas, ajusta cada diapositiva a su marco y arranca reveal.

// Lo que se prueba, de la letra más grande a la más chica: [letra, imagen].
const ESCALAS = [
  [1.25, 1.1],
  [1.1, 1.1],
  [1, 1],
  [1, 0.85],
  [0.9, 0.85],
  [0.9, 0.7],
  [0.8, 0.7],
];
// Por debajo de esta letra es mejor partir la diapositiva en dos.
const COMODA = 0.9;
// Una salida más ancha que esto es un párrafo: se parte en renglones.
const COLUMNAS = 96;

const contenidoDe = (diapositiva) => diapositiva.querySelector(".contenido");

function desborda(contenido) {
  return [contenido, ...contenido.querySelectorAll("pre")].some(
    (caja) =>
      caja.scrollHeight > caja.clientHeight + 1 ||
      caja.scrollWidth > caja.clientWidth + 1,
  );
}

const cargada = new Promise((lista) => addEventListener("load", lista));

// La letra más grande con la que cabe; 0 si no cabe con ninguna.
function ajusta(diapositiva) {
  const contenido = contenidoDe(diapositiva);
  for (const [letra, imagen] of ESCALAS) {
    diapositiva.style.setProperty("--letra-por", letra);
    diapositiva.style.setProperty("--imagen-por", imagen);
    if (!desborda(contenido)) return letra;
  }
  return 0;
}

// Lo que puede pasar a otra diapositiva: textos, códigos y salidas.
function bloques(diapositiva) {
  return [...contenidoDe(diapositiva).children].flatMap((hijo) =>
    hijo.classList.contains("fragment") ? [...hijo.children] : [hijo],
  );
}

// Una copia con los bloques de `desde` a `hasta`, puesta a continuación.
function copia(diapositiva, desde, hasta) {
  const nueva = diapositiva.cloneNode(true);
  bloques(nueva).forEach((bloque, i) => {
    if (i < desde || i >= hasta) bloque.remove();
  });
  nueva.querySelectorAll(".fragment:empty").forEach((vacio) => vacio.remove());
  nueva.dataset.celda = bloques(nueva)[0].dataset.celda;
  // Lo primero se ve al llegar: si esperase su turno, saldría vacía.
  const primero = contenidoDe(nueva).firstElementChild;
  if (primero.matches(".fragment")) primero.replaceWith(...primero.children);
  diapositiva.after(nueva);
  return nueva;
}

// Ajusta la letra y, si ni así se lee bien, parte en dos.
function acomoda(diapositiva) {
  const letra = ajusta(diapositiva);
  diapositiva.dataset.letra = letra;
  if (letra >= COMODA) return;
  const partes = bloques(diapositiva);
  let mejor = { letra, corte: 0 };
  for (let corte = 1; corte < partes.length; corte++) {
    const segunda = copia(diapositiva, corte, partes.length);
    const primera = copia(diapositiva, 0, corte);
    const menor = Math.min(ajusta(primera), ajusta(segunda) || 0.1);
    const salida = partes[corte].matches(".jp-Cell-outputWrapper");
    if (menor > mejor.letra || (menor === mejor.letra && salida && menor)) {
      mejor = { letra: menor, corte };
    }
    primera.remove();
    segunda.remove();
  }
  if (!mejor.corte) return;
  const segunda = copia(diapositiva, mejor.corte, partes.length);
  acomoda(copia(diapositiva, 0, mejor.corte));
  acomoda(segunda);
  diapositiva.remove();
}

// El código y su salida, sueltos: se muestran y se reparten por separado.
function prepara() {
  for (const celda of document.querySelectorAll(".jp-Cell")) {
    const id = celda.id.replace("cell-id=", "");
    celda.dataset.celda = id;
    if (!celda.matches(".jp-CodeCell")) continue;
    for (const hijo of celda.children) hijo.dataset.celda = id;
    celda.replaceWith(...celda.children);
  }
  for (const pre of document.querySelectorAll(".contenido pre")) {
    const ancho = Math.max(...pre.textContent.split("\n").map((r) => r.length));
    pre.classList.toggle("parrafo", ancho > COLUMNAS);
  }
}

function abre(abiertas) {
  document.querySelectorAll("details").forEach((d) => (d.open = abiertas));
}

async function empieza() {
  // Las medidas valen con las letras puestas y todo a la vista. Si algo no
  // llega, la presentación arranca igual.
  const letras = [...document.fonts].map((letra) => letra.load());
  await Promise.race([
    Promise.allSettled([cargada, MathJax.startup.promise, ...letras]),
    new Promise((basta) => setTimeout(basta, 30000)),
  ]);
  prepara();
  abre(true); // una respuesta plegada también tiene que caber
  document.querySelectorAll("section.diapositiva").forEach(acomoda);
  abre(location.search.includes("print-pdf"));
  document.body.classList.remove("midiendo");
  await Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    backgroundTransition: "none",
    center: false,
    hash: true,
    help: false,
    navigationMode: "linear",
    pdfMaxPagesPerSlide: 1,
    pdfSeparateFragments: false,
    plugins: [RevealNotes],
    slideNumber: "c/t",
    transition: "none",
  });
}

empieza();
