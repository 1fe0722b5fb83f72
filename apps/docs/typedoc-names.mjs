import { Converter, ReflectionKind } from "typedoc";

/**
 * Calls each module what a program imports: `node/src/edge` is `@segops/node/edge`. A method that is declared as a
 * property has its comment at two places; one is kept, so that it is not printed twice.
 *
 * @param {import("typedoc").Application} app
 */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const entry of project.children ?? []) entry.name = `@segops/${entry.name.replace("/src", "")}`;
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
      if (!property.isDeclaration() || property.type?.type !== "reflection") continue;
      if (property.type.declaration.signatures?.some(({ comment }) => comment)) delete property.comment;
    }
  });
}
