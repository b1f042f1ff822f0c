// Which studies are shown, in which order, and what is saved of them. Knows nothing of the document.

/** The most of a measure over both sides, null where none was measured. */
function largest(row, measure) {
  const values = row.sides.map((side) => side[measure]).filter((value) => value !== null);
  return values.length > 0 ? Math.max(...values) : null;
}

export const findingOf = (row, name) => row.sides.find((each) => each.side === name)?.finding ?? '';

/** The columns of the table: how a row is sorted by them. */
export const COLUMNS = [
  { key: 'doubt', title: 'Doubt', value: (row) => row.doubt, falling: true },
  { key: 'verdict', title: 'Verdict', value: (row, choices) => verdictOf(row, choices) },
  { key: 'study', title: 'Study', value: (row) => row.study },
  { key: 'patient', title: 'Patient', value: (row) => row.patient },
  { key: 'order', title: 'Order', value: (row) => row.order },
  { key: 'left', title: 'Left', value: (row) => findingOf(row, 'left') },
  { key: 'right', title: 'Right', value: (row) => findingOf(row, 'right') },
  {
    key: 'probability',
    title: 'Highest probability',
    value: (row) => largest(row, 'probability'),
    falling: true,
  },
  {
    key: 'registration',
    title: 'Registration, mm',
    value: (row) => row.registration_error_mm,
    falling: true,
  },
];

/** What holds of a row: the reader's choice here, else what was imported before; '' while open. */
export const verdictOf = (row, choices) => choices[row.result]?.verdict || row.verdict;

/** Not measured comes last, whichever way is sorted. */
function compared(a, b) {
  if (a === null || b === null) return (a === null) - (b === null);
  if (typeof a === 'string') return a < b ? -1 : Number(a > b);
  return a - b;
}

/** `rows` ordered by a column; equal ones stay as they were. */
export function sorted(rows, { column, falling }, choices) {
  const { value } = COLUMNS.find((each) => each.key === column);
  return [...rows].sort((left, right) => {
    const [a, b] = [value(left, choices), value(right, choices)];
    return falling && a !== null && b !== null ? -compared(a, b) : compared(a, b);
  });
}

/** The kinds of doubt there are, the most frequent first. */
export function doubtKinds(rows) {
  const counts = new Map();
  for (const row of rows) {
    for (const kind of new Set(row.doubts.map((doubt) => doubt.kind))) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** What each filter takes; an empty setting takes all. */
const FILTERS = {
  text: (row, text) => `${row.study} ${row.patient}`.includes(text.trim().toLowerCase()),
  finding: (row, finding) => row.sides.some((side) => side.finding === finding),
  doubt: (row, kind) => row.doubts.some((doubt) => doubt.kind === kind),
  order: (row, order) => row.order === order,
  verdict: (row, verdict, choices) => (verdictOf(row, choices) || 'open') === verdict,
};

export function filtered(rows, filters, choices) {
  const set = Object.entries(filters).filter(([, setting]) => setting !== '');
  return rows.filter((row) => set.every(([name, setting]) => FILTERS[name](row, setting, choices)));
}

const cell = (text) =>
  text.replace(/[\\\t\n]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n' })[c]);

/** qc.tsv: the choices made here, in the order of `rows`. */
export function qcTsv(rows, choices) {
  const lines = rows
    .filter((row) => choices[row.result]?.verdict)
    .map((row) => {
      const { verdict, time, reason } = choices[row.result];
      return [row.study, row.result, verdict, time, cell(reason)].join('\t');
    });
  return `${['study\tresult\tverdict\ttime\treason', ...lines].join('\n')}\n`;
}

/** What remains of a comment: that many bytes the program takes. */
export const MOST_REASON_BYTES = 1000;

export function cutReason(text) {
  const plain = text.replace(/\r/g, '');
  let cut = plain.slice(0, MOST_REASON_BYTES);
  while (new TextEncoder().encode(cut).length > MOST_REASON_BYTES) cut = cut.slice(0, -1);
  return cut;
}
