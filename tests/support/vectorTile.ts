import { PbfReader } from "pbf";

/** A feature as a map reads it: properties and, of a point, its place in the tile's units. */
export type Feature = { properties: Record<string, string | number | boolean>; at?: [number, number] };

type Layer = {
  name: string;
  keys: string[];
  values: (string | number | boolean)[];
  features: { tags: number[]; commands: number[] }[];
};

const zigzag = (value: number): number => (value >> 1) ^ -(value & 1);

function readValue(reader: PbfReader): string | number | boolean {
  let value: string | number | boolean = "";
  reader.readFields(
    (tag) => {
      if (tag === 1) value = reader.readString();
      else if (tag === 2) value = reader.readFloat();
      else if (tag === 3) value = reader.readDouble();
      else if (tag === 4 || tag === 5) value = reader.readVarint();
      else if (tag === 6) value = reader.readSVarint();
      else if (tag === 7) value = reader.readBoolean();
    },
    undefined,
    reader.readVarint() + reader.pos,
  );
  return value;
}

function readLayer(reader: PbfReader): Layer {
  const layer: Layer = { name: "", keys: [], values: [], features: [] };
  reader.readFields(
    (tag) => {
      if (tag === 1) layer.name = reader.readString();
      else if (tag === 3) layer.keys.push(reader.readString());
      else if (tag === 4) layer.values.push(readValue(reader));
      else if (tag === 2) {
        const feature = { tags: [] as number[], commands: [] as number[] };
        reader.readFields(
          (inner) => {
            if (inner === 2) reader.readPackedVarint(feature.tags);
            else if (inner === 4) reader.readPackedVarint(feature.commands);
          },
          undefined,
          reader.readVarint() + reader.pos,
        );
        layer.features.push(feature);
      }
    },
    undefined,
    reader.readVarint() + reader.pos,
  );
  return layer;
}

/** Layers of a vector tile (Mapbox Vector Tile 2.1), by the specification and not by the code that writes them. */
export function readTile(bytes: Uint8Array): Record<string, Feature[]> {
  const reader = new PbfReader(bytes);
  const layers: Layer[] = [];
  reader.readFields((tag) => {
    if (tag === 3) layers.push(readLayer(reader));
  }, undefined);
  return Object.fromEntries(
    layers.map(({ name, keys, values, features }) => [
      name,
      features.map(({ tags, commands }): Feature => {
        const properties: Feature["properties"] = {};
        for (let i = 0; i < tags.length; i += 2) properties[keys[tags[i]!]!] = values[tags[i + 1]!]!;
        return { properties, at: [zigzag(commands[1]!), zigzag(commands[2]!)] };
      }),
    ]),
  );
}
