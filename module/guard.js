/**
 * The exports of the program, each of which says when it breaks: an error that leaves one has left the program half-way through
 * something. Errors of other programs on the page don't come this way.
 */
export function guarded(exports, broke) {
  const guard = (name, call) => (...given) => {
    try {
      return call(...given);
    } catch (error) {
      // What says it may break as well.
      if (name !== broke.name) {
        broke();
      }
      throw error;
    }
  };
  const guards = Object.entries(exports).map(([name, it]) => [name, typeof it === "function" ? guard(name, it) : it]);
  return Object.fromEntries(guards);
}
