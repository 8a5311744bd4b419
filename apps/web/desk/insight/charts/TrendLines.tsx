export type Line = { name: string; className: string; values: number[] };
type Props = { title: string; lines: Line[]; days: string[]; label(day: string): string };

const [width, height] = [600, 150];

/** A round number at or above the largest value, so that the axis ends on something one can say. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  const step = [1, 2, 5, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}

/** Periods laid over each other day by day, from zero; each line is named at its end, not only by its colour. */
export function TrendLines({ title, lines, days, label }: Props) {
  const most = roundUp(Math.max(1, ...lines.flatMap(({ values }) => values)));
  const x = (i: number): number => (width * i) / Math.max(1, days.length - 1);
  const y = (value: number): number => height - (height * value) / most;
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`-40 -12 ${width + 50} ${height + 40}`} role="img" aria-label={title}>
        {[0, most / 2, most].map((value) => (
          <g key={value}>
            <line x1={0} x2={width} y1={y(value)} y2={y(value)} className={value ? "grid" : "axis"} />
            <text x={-6} y={y(value) + 4} textAnchor="end">
              {value}
            </text>
          </g>
        ))}
        {lines.map(({ name, className, values }) => (
          <polyline
            key={name}
            points={values.map((value, i) => `${x(i)},${y(value)}`).join(" ")}
            className={`line ${className}`}
          />
        ))}
        <text x={0} y={height + 20}>
          {label(days[0] ?? "")}
        </text>
        <text x={width} y={height + 20} textAnchor="end">
          {label(days.at(-1) ?? "")}
        </text>
      </svg>
      <p className="row keys">
        {lines.map(({ name, className }) => (
          <span key={name} className={`key ${className}`}>
            {name}
          </span>
        ))}
      </p>
    </figure>
  );
}
