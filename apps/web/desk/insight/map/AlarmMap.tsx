import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { insight, type Feature, type ShownEpisode } from "../api.ts";
import { useInsightTexts } from "../texts.ts";
import { AreaMap } from "./AreaMap.tsx";
import { boxOf, mainBoxOf, type Frame } from "./frame.ts";

type Props = { city: string; episodes: readonly ShownEpisode[]; chosen?: ShownEpisode; onChoose(id?: string): void };

const keep = 3_600_000;
const mostTownships = 8;
/** Degrees below which a piece of land is a rock to a map of a county. */
const rock = 0.015;
/** The islands lie from north to south. */
const cityHeight = 600;
const [nameWidth, nameHeight] = [150, 18];
const within = (code: string, area: string): boolean => code.startsWith(prefixOfCode(area));

/** The areas an alarm is drawn by: its grids, or where most of a wide rise lies. */
const groundOf = (episode: ShownEpisode): string[] =>
  episode.tool === "howMuch" ? [episode.focus?.code ?? episode.areaCodes[0]!] : episode.areaCodes;

/** The city with its alarms; one that is chosen is seen close by, grid by grid. */
export function AlarmMap({ city, episodes, chosen, onChoose }: Props) {
  const { t, language } = useInsightTexts();
  const townships = useQuery({
    queryKey: ["lines", "township", city],
    queryFn: () => insight.lines("township", city),
    staleTime: keep,
  });
  const all = townships.data?.features ?? [];
  const near = chosen && <CloseMap key={chosen.id} episode={chosen} townships={all} />;
  return (
    <div className="alarm-map">
      {near ?? (
        <AreaMap
          title={t.alarms.map}
          indicative={t.alarms.indicative}
          features={all}
          height={cityHeight}
          classOf={(code) => (episodes.some((each) => touches(each, code)) ? "land warm" : "land")}
          nameOf={({ properties }) => properties[language]}
        >
          {(frame) =>
            episodes.map((each, i) => (
              <Mark
                key={each.id}
                episode={each}
                nth={sameSpot(episodes.slice(0, i), each)}
                frame={frame}
                onChoose={onChoose}
              />
            ))
          }
        </AreaMap>
      )}
      <p className="row map-foot">
        {chosen ? (
          <>
            <button onClick={() => onChoose(undefined)}>{t.alarms.wholeCity}</button>
            <span className="key drives">{t.alarms.legend.drives}</span>
            <span className="key inside">{t.alarms.legend.inside}</span>
          </>
        ) : (
          <span className="quiet">{t.alarms.map}</span>
        )}
      </p>
    </div>
  );
}

/** Whether a township is to be shaded: an alarm's ground lies in it, unless the alarm is about the whole city. */
const touches = (episode: ShownEpisode, township: string): boolean =>
  groundOf(episode).some(
    (code) => within(code, township) || (code.length === 12 && !code.endsWith("00000000") && within(township, code)),
  );

/** How many of the earlier alarms stand on the same spot. */
const sameSpot = (earlier: readonly ShownEpisode[], { centre }: ShownEpisode): number =>
  earlier.filter((other) => other.centre?.join() === centre?.join()).length;

/** Alarms of one spot stand around it, so that each can be seen and reached. */
const around = 46;
function besides(nth: number): [number, number] {
  if (nth === 0) return [0, 0];
  const angle = ((nth - 1) * Math.PI) / 3;
  const ring = 1 + Math.floor((nth - 1) / 6);
  return [Math.cos(angle) * around * ring, Math.sin(angle) * around * ring];
}

type MarkProps = { episode: ShownEpisode; nth: number; frame: Frame; onChoose(id: string): void };

/** A lamp on the map: larger for more reports beyond the usual. */
function Mark({ episode, nth, frame, onChoose }: MarkProps) {
  const { language } = useInsightTexts();
  if (!episode.centre) return null;
  const [left, down] = besides(nth);
  const [centreX, centreY] = frame.at(...episode.centre);
  const [x, y] = [centreX + left, centreY + down];
  const radius = Math.min(21, 7 + 2 * Math.sqrt(Math.max(1, episode.observed - episode.expected)));
  return (
    <g className={`mark ${episode.state}${episode.outcome ? " judged" : ""}`} onClick={() => onChoose(episode.id)}>
      <circle cx={x} cy={y} r={radius} />
      <text x={x} y={y + 4} textAnchor="middle">
        {episode.observed}
      </text>
      <title>{`${episode.areas[0]?.[language]} · ${episode.stream[language]}`}</title>
    </g>
  );
}

/** The townships of an alarm, grid by grid: what drives it darkest. */
function CloseMap({ episode, townships }: { episode: ShownEpisode; townships: readonly Feature[] }) {
  const { t, language } = useInsightTexts();
  const ground = groundOf(episode);
  const wanted = useMemo(() => {
    const codes = townships.map(({ properties }) => properties.code);
    return codes
      .filter((code) => ground.some((each) => within(each, code) || within(code, each)))
      .slice(0, mostTownships);
  }, [townships, ground]);
  const found = useQueries({
    queries: wanted.map((code) => ({
      queryKey: ["lines", "grid", code],
      queryFn: () => insight.lines("grid", code),
      staleTime: keep,
    })),
  });
  const grids = found.flatMap(({ data }) => data?.features ?? []);
  const inside = (code: string): boolean => ground.some((each) => within(code, each));
  const drives = new Set(episode.drivers.map(({ code }) => code));
  const covered = grids.filter(({ properties }) => inside(properties.code));
  // Of a county the larger islands are enough; of a few grids every rock counts.
  const box = (episode.tool === "howMuch" ? mainBoxOf(covered, rock) : boxOf(covered)) ?? boxOf(grids);
  return (
    <AreaMap
      title={t.alarms.mapOf(episode.focus?.[language] ?? episode.areas[0]?.[language] ?? "")}
      indicative={t.alarms.indicative}
      features={grids}
      box={box && wider(box)}
      classOf={(code) => (drives.has(code) ? "land drives" : inside(code) ? "land inside" : "land")}
      nameOf={({ properties }) => properties[language]}
    >
      {(frame) => <Names episode={episode} grids={grids} frame={frame} />}
    </AreaMap>
  );
}

/** Some ground around it, to see where one is. */
function wider(box: { west: number; south: number; east: number; north: number }) {
  const [lon, lat] = [(box.east - box.west) * 0.35 + 0.004, (box.north - box.south) * 0.35 + 0.004];
  return { west: box.west - lon, south: box.south - lat, east: box.east + lon, north: box.north + lat };
}

/** Names of the places that drive it, on the map itself; a name that would cover another is left to the list. */
function Names({ episode, grids, frame }: { episode: ShownEpisode; grids: readonly Feature[]; frame: Frame }) {
  const { language } = useInsightTexts();
  const placed: { x: number; y: number }[] = [];
  return episode.drivers.map((driver) => {
    const box = boxOf(grids.filter(({ properties }) => properties.code === driver.code));
    if (!box) return null;
    const [x, y] = frame.at((box.west + box.east) / 2, (box.south + box.north) / 2);
    if (placed.some((other) => Math.abs(other.x - x) < nameWidth && Math.abs(other.y - y) < nameHeight)) return null;
    placed.push({ x, y });
    return (
      <text key={driver.code} x={x} y={y} textAnchor="middle" className="name">
        {driver[language]} · {driver.observed}
      </text>
    );
  });
}
