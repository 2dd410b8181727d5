// JupyterLab shows a picture without the description that is stored with it (its metadata's "alt"). This extension shows
// it as Lab does, and adds the description for screen readers. What is below the class is what Lab's loader expects of
// an extension that was not bundled by webpack: Lab's own copy of @jupyterlab/rendermime comes from the shared scope.
(window._JUPYTERLAB ??= {})["picture-descriptions"] = (() => {
  let shared;
  const extension = ({IRenderMimeRegistry, RenderedImage, imageRendererFactory}) => ({
    id: "picture-descriptions:plugin",
    autoStart: true,
    requires: [IRenderMimeRegistry],
    activate: (app, registry) => {
      class Described extends RenderedImage {
        async render(model) {
          await super.render(model);
          const words = model.metadata[this.mimeType]?.alt;
          if (words) this.node.querySelector("img")?.setAttribute("alt", words);
        }
      }
      registry.addFactory({...imageRendererFactory, createRenderer: options => new Described(options)});
    },
  });
  return {
    init: scope => { shared = scope; },
    get: async () => {
      const [rendermime] = Object.values(shared["@jupyterlab/rendermime"]);
      const parts = (await rendermime.get())();
      return () => ({__esModule: true, default: extension(parts)});
    },
  };
})();
