// Words that contain somebody's name. The name has its own text direction, which does not affect the words around it.
export function Named({ words, name }: { words: string; name: string | undefined }) {
  const at = name ? words.indexOf(name) : -1;
  if (!name || at < 0) return <bdi>{words}</bdi>;
  return (
    <>
      {words.slice(0, at)}
      <bdi>{name}</bdi>
      {words.slice(at + name.length)}
    </>
  );
}
