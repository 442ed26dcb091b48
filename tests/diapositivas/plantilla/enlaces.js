// En papel, un enlace a otro archivo, o a algo que no está, no lleva a nada.
function sueltaEnlaces() {
  for (const enlace of document.querySelectorAll("a[href]")) {
    const destino = enlace.getAttribute("href");
    const adentro =
      destino.startsWith("#") && document.getElementById(destino.slice(1));
    if (!adentro && !/^https?:/.test(destino)) enlace.removeAttribute("href");
  }
}
