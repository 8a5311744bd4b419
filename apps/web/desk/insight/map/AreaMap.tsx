import { useMemo, type ReactNode } from "react";
import type { Feature } from "../api.ts";
import { frameOf, mainBoxOf, padded, pathOf, type Box, type Frame } from "./frame.ts";

type Props = {
  title: string;
  /** Said in the corner when lines are approximations. */
  indicative: string;
  features: readonly Feature[];
  /** What to show; without it everything. */
  box?: Box;
  classOf(code: string): string;
  nameOf?(feature: Feature): string;
  onArea?(code: string): void;
  height?: number;
  /** Marks over the areas. */
  children?(frame: Frame): ReactNode;
};

const width = 640;

/** Areas drawn as lines and shades; the same facts stand beside it as a list, so the picture itself has only a title. */
export function AreaMap({ title, indicative, features, box, classOf, nameOf, onArea, height = 440, children }: Props) {
  const frame = useMemo(() => {
    const shown = box ?? mainBoxOf(features);
    return shown && frameOf(padded(shown, 0.04), width, height);
  }, [box, features, height]);
  const paths = useMemo(
    () => (frame ? features.map((feature) => ({ feature, d: pathOf(feature, frame) })) : []),
    [features, frame],
  );
  if (!frame) return <div className="area-map waiting" style={{ aspectRatio: `${width} / ${height}` }} />;
  return (
    <figure className="area-map">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        <rect width={width} height={height} className="water" />
        {paths.map(({ feature, d }) => {
          const { code } = feature.properties;
          return (
            <path key={code} d={d} className={classOf(code)} onClick={onArea && (() => onArea(code))}>
              <title>{nameOf?.(feature)}</title>
            </path>
          );
        })}
        {children?.(frame)}
        {features.some(({ properties }) => properties.indicative) && (
          <text x={width - 10} y={height - 10} textAnchor="end" className="corner">
            {indicative}
          </text>
        )}
      </svg>
    </figure>
  );
}
