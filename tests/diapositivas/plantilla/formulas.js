// Las letras de las fórmulas van dentro: MathJax no pide ninguna.
window.MathJax = {
  tex: { inlineMath: [["$", "$"]], processEscapes: true },
  options: { enableMenu: false },
  startup: {
    ready() {
      const letras = /*LETRAS*/;
      const { TeXFont } = MathJax._.output.chtml.fonts.tex_ts;
      for (const letra of Object.values(TeXFont.defaultFonts)) {
        letra.src = letra.src.replace(
          /%%URL%%\/([\w-]+\.woff)/,
          (_, nombre) => letras[nombre],
        );
      }
      MathJax.startup.defaultReady();
    },
  },
};
