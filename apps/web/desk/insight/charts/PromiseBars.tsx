import { roundUp } from "./TrendLines.tsx";

export type Promised = { promise: number; alarms: number; wrong?: number };
type Props = {
  title: string;
  budgets: Promised[];
  chosen: number;
  names: { promise: string; wrong: string; alarms: string };
};

const [column, height] = [92, 130];

/** For each budget what was promised and what came of it, from zero, with the numbers on the columns. */
export function PromiseBars({ title, budgets: all, chosen, names }: Props) {
  // A promise far above everything that came would make all columns look alike.
  const tallest = Math.max(chosen, ...all.map(({ alarms }) => alarms));
  const budgets = all.filter(({ promise }) => promise <= tallest * 1.5);
  const most = roundUp(Math.max(1, ...budgets.flatMap(({ promise, alarms }) => [promise, alarms])));
  const y = (value: number): number => height - (height * value) / most;
  const width = budgets.length * column;
  return (
    <figure className="chart wide">
      <figcaption>{title}</figcaption>
      <svg viewBox={`-36 -18 ${width + 44} ${height + 44}`} role="img" aria-label={title}>
        {[0, most / 2, most].map((value) => (
          <g key={value}>
            <line x1={0} x2={width} y1={y(value)} y2={y(value)} className={value ? "grid" : "axis"} />
            <text x={-6} y={y(value) + 4} textAnchor="end">
              {value}
            </text>
          </g>
        ))}
        {budgets.map(({ promise, alarms, wrong }, i) => (
          <g key={promise} transform={`translate(${i * column + 8} 0)`} className={promise === chosen ? "chosen" : ""}>
            <Bar x={0} value={alarms} y={y} className="all" />
            {wrong !== undefined && <Bar x={26} value={wrong} y={y} className="wrong" />}
            <line x1={-2} x2={76} y1={y(promise)} y2={y(promise)} className="promise" />
            <text x={36} y={height + 20} textAnchor="middle">
              {promise}
            </text>
          </g>
        ))}
      </svg>
      <p className="row keys">
        <span className="key promise">{names.promise}</span>
        <span className="key all">{names.alarms}</span>
        {budgets.some(({ wrong }) => wrong !== undefined) && <span className="key wrong">{names.wrong}</span>}
      </p>
    </figure>
  );
}

function Bar({
  x,
  value,
  y,
  className,
}: {
  x: number;
  value: number;
  y: (value: number) => number;
  className: string;
}) {
  return (
    <>
      <rect x={x} width={22} y={y(value)} height={height - y(value)} className={className} />
      <text x={x + 11} y={y(value) - 4} textAnchor="middle">
        {value.toFixed(value < 10 ? 1 : 0)}
      </text>
    </>
  );
}
