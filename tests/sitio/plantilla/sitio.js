// Copiar código, saber en qué sección se está y llegar con el teclado a lo
// que se desplaza.

for (const codigo of document.querySelectorAll(".celda.code .highlight")) {
  const boton = document.createElement("button");
  boton.type = "button";
  boton.className = "copia";
  boton.textContent = "Copiar";
  boton.addEventListener("click", async () => {
    await navigator.clipboard.writeText(
      codigo.querySelector("pre").innerText.trimEnd(),
    );
    boton.textContent = "Copiado";
    setTimeout(() => (boton.textContent = "Copiar"), 1500);
  });
  codigo.append(boton);
}

function alcanza() {
  const cajas = "pre, .tabla, .html, mjx-container[display]";
  for (const caja of document.querySelectorAll(cajas)) {
    if (caja.scrollWidth > caja.clientWidth + 1) caja.tabIndex = 0;
  }
}
const listas = window.MathJax?.startup?.promise ?? Promise.resolve();
listas.then(alcanza);
addEventListener("resize", alcanza);

// En una pantalla angosta el menú empieza plegado; en papel no hay menú.
const menu = document.querySelector(".menu details");
const angosta = matchMedia("(max-width: 900px)");
const pliega = () => menu && (menu.open = !angosta.matches);
angosta.addEventListener("change", pliega);
pliega();

// En papel no se puede abrir nada: se imprime abierto y se deja como estaba.
let cerrados = [];
addEventListener("beforeprint", () => {
  cerrados = [...document.querySelectorAll("main details:not([open])")];
  for (const plegado of cerrados) plegado.open = true;
});
addEventListener("afterprint", () => {
  for (const plegado of cerrados) plegado.open = false;
});

const entradas = [...document.querySelectorAll(".menu a")];
const destinos = entradas
  .map((e) => document.getElementById(e.hash.slice(1)))
  .filter(Boolean);
function senala() {
  const pasadas = destinos.filter((d) => d.getBoundingClientRect().top < 120);
  const actual = pasadas.at(-1)?.id;
  for (const entrada of entradas) {
    if (entrada.hash === `#${actual}`) {
      entrada.setAttribute("aria-current", "true");
    } else {
      entrada.removeAttribute("aria-current");
    }
  }
}
addEventListener("scroll", senala, { passive: true });
senala();
