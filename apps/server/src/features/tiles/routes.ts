import { refuse } from "@linge/domain/error/catalogue.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { caseReaders, reachesOf } from "../cases/scope.ts";
import { areaTile, drawnLevels } from "./areaTiles.ts";
import { keepTiles, type ReadyTile } from "./kept.ts";
import { publicTile } from "./publicTile.ts";
import { deepest, exists, type Tile } from "./tile.ts";
import { workTile } from "./workTile.ts";

const whole = (maximum: number) => Type.Integer({ minimum: 0, maximum });
const address = { z: whole(deepest), x: whole(2 ** deepest - 1), y: whole(2 ** deepest - 1) };
const Address = Type.Object(address);
const LevelAddress = Type.Object({ level: Type.Union(drawnLevels.map((level) => Type.Literal(level))), ...address });
const lineHoldsMs = 3_600_000;
/** A map asks for a dozen tiles at each move: tiles have an allowance of their own. */
const tilesPerRequest = 10;

function existing(tile: Tile): Tile {
  if (!exists(tile)) throw new Refusal(refuse("notFound", { what: "page" }));
  return tile;
}

/** Sends a tile, or word that the one the asker has is still right. */
function send(request: FastifyRequest, reply: FastifyReply, tile: ReadyTile, cacheControl: string): FastifyReply {
  void reply.headers({ etag: tile.etag, "cache-control": cacheControl, vary: "accept-encoding" });
  if (request.headers["if-none-match"] === tile.etag) return reply.status(304).send();
  void reply.type("application/vnd.mapbox-vector-tile");
  if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) return reply.send(tile.plain);
  return reply.header("content-encoding", "gzip").send(tile.packed);
}

/** Vector tiles (Mapbox Vector Tile 2.1): published cases and the territory for everybody, open work for staff. */
export function tileRoutes(app: App, house: House): void {
  const rateLimit = { max: house.config.requestsPerMinute * tilesPerRequest, groupId: "tiles" };
  const cases = keepTiles();
  const areas = keepTiles(lineHoldsMs);

  app.get(
    "/tiles/cases/:z/:x/:y.mvt",
    { config: { access: "anyone", rateLimit }, schema: { params: Address } },
    async (request, reply) => {
      const { z, x, y } = existing(request.params);
      const tile = await cases.get(`${z}/${x}/${y}`, () => publicTile(house, { z, x, y }));
      return send(request, reply, tile, "public, max-age=10");
    },
  );

  app.get(
    "/tiles/work/:z/:x/:y.mvt",
    { config: { access: caseReaders, rateLimit }, schema: { params: Address } },
    async (request, reply) => {
      const { z, x, y } = existing(request.params);
      const { actor } = request;
      // Colleagues with the same reach see the same tile.
      const reach = JSON.stringify(reachesOf(actor));
      const tile = await cases.get(`${reach}/${z}/${x}/${y}`, () => workTile(house, actor, { z, x, y }));
      return send(request, reply, tile, "private, max-age=10");
    },
  );

  app.get(
    "/tiles/areas/:level/:z/:x/:y.mvt",
    { config: { access: "anyone", rateLimit }, schema: { params: LevelAddress } },
    async (request, reply) => {
      const { level, z, x, y } = request.params;
      existing({ z, x, y });
      const key = `${house.territory.version()}/${level}/${z}/${x}/${y}`;
      const tile = await areas.get(key, () => areaTile(house, level, { z, x, y }));
      return send(request, reply, tile, "public, max-age=3600");
    },
  );
}
