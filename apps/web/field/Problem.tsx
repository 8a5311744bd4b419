/** What went wrong, said at once to those who listen as well. */
export function Problem({ text }: { text: string }) {
  if (!text) return null;
  return (
    <p className="problem" role="alert">
      {text}
    </p>
  );
}
