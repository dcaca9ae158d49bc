/**
 * The exports of the program, each of which says when it breaks: an error that leaves one has left the program half-way through
 * something. Errors of other programs on the page don't come this way.
 */
export function guarded(exports, broke) {
  let isSaying = false;
  const say = () => {
    isSaying = true;
    try {
      broke();
    } catch {
      // It is an export as well, and may be as broken.
    }
    isSaying = false;
  };
  const guard = (call) => (...given) => {
    try {
      return call(...given);
    } catch (error) {
      if (!isSaying) {
        say();
      }
      throw error;
    }
  };
  const guards = Object.entries(exports).map(([name, it]) => [name, typeof it === "function" ? guard(it) : it]);
  return Object.fromEntries(guards);
}
