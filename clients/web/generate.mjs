// Types of what travels, from the schemas that the server's build writes into `src/protocol/generated`: `wire.ts` for the hub, and
// `http.ts` for the bodies under `/api`. `node generate.mjs --present` only says whether they are there.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const folder = "src/protocol/generated";
const file = (name) => `${folder}/${name}`;

if (process.argv.includes("--present")) {
  if (["wire.ts", "http.ts"].every((name) => existsSync(file(name)))) process.exit(0);
  console.error("The generated types are missing: build the silo first (dotnet build silo/Classroom.Silo), which writes them.");
  process.exit(1);
}

const read = (name) => JSON.parse(readFileSync(file(name), "utf8"));
const { compile } = await import("json-schema-to-typescript");
const options = {
  bannerComment: "// Written by generate.mjs from the server's schema.",
  additionalProperties: false,
  format: false,
};

/** Types are named by what they are in the schema; a title would rename them. */
const typesOf = (schema, name) => compile(schema, name, options);

/** What TypeScript can say more exactly than a JSON schema. */
function refine({ Variant, EntityChange }) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the type is a template
  Variant.tsType = "`${Language}-${Level}`";
  EntityChange.tsType = "{ [K in keyof Entities]: { k: K; id: string; v?: Entities[K] | null } }[keyof Entities]";
}

/** The values of an enum, for choices on a screen, in the server's order. */
const values = (schema, name) => JSON.stringify(schema.$defs[name].enum);

const wire = read("wire.schema.json");
refine(wire.$defs);
const constants = `
export const languages = ${values(wire, "Language")} as const;
export const levels = ${values(wire, "Level")} as const;
`;
writeFileSync(file("wire.ts"), (await typesOf(wire, "Wire")) + constants);

/** An OpenAPI 3.1 document has JSON schemas, in another place. What may be null is left out when it is; numbers are never sent as text. */
function bodiesOf(document) {
  const { schemas } = JSON.parse(JSON.stringify(document.components).replaceAll("#/components/schemas/", "#/$defs/"));
  for (const schema of Object.values(schemas)) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const value = property.oneOf?.find((each) => each.$ref) ?? property;
      const types = [property.type ?? property.oneOf?.map((each) => each.type)].flat();
      if (types.includes("null")) schema.required = schema.required?.filter((each) => each !== name);
      schema.properties[name] = value.type
        ? { ...value, type: types.find((each) => each !== "null" && (each !== "string" || !types.includes("integer"))) }
        : value;
    }
  }
  const properties = Object.fromEntries(Object.keys(schemas).map((name) => [name, { $ref: `#/$defs/${name}` }]));
  return { type: "object", properties, required: Object.keys(schemas), $defs: schemas };
}

writeFileSync(file("http.ts"), await typesOf(bodiesOf(read("openapi.json")), "Bodies"));
