package ai.okchat.planning.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One glob, matched against whole paths. Paths are strings with {@code /} between their segments; a
 * {@code /} or {@code ./} in front of a glob or a path means the root and changes nothing.
 *
 * <ul>
 *   <li>{@code *} and {@code ?} match any characters, or one, within a segment.
 *   <li>{@code **} matches any characters, also {@code /}; {@code **}{@code /} at the start of a
 *       segment matches zero or more folders.
 *   <li><code>{a,b}</code> matches one of the alternatives, which may have anything except a group.
 *   <li>{@code [a-z_]} and {@code [!a-z]} match one character other than {@code /}.
 *   <li>{@code \} outside of brackets makes the next character literal.
 * </ul>
 *
 * <p>The matcher follows all possible positions in the glob at once and never goes back in the
 * path: the time is at most the length of the path times the length of the glob.
 */
public final class Glob {

  /** A position in the glob. */
  private static final class State {

    /** Accepts the characters that lead to the next state; null if none is needed. */
    private final @Nullable IntPredicate accepted;

    private final List<State> next = new ArrayList<>();

    /** Index of this state in {@code states}. */
    private final int number;

    State(@Nullable IntPredicate accepted, int number) {
      this.accepted = accepted;
      this.number = number;
    }
  }

  private final int[] glob;
  private final List<State> states = new ArrayList<>();
  private final State start = state(null);

  /** The state at which the next part of the glob continues. */
  private State last = start;

  private int at;
  private boolean isAtRoot = true;
  private boolean isAtSegment = true;

  /**
   * Parses a glob.
   *
   * @throws IllegalArgumentException if the text is not a glob
   */
  Glob(String text) {
    glob = text.codePoints().toArray();
    while (at < glob.length) {
      if (glob[at] == '{') {
        at++;
        addGroup();
      } else {
        addPart();
      }
    }
  }

  /** Returns whether the glob matches the whole path. */
  boolean matches(String path) {
    var reachedIn = new int[states.size()];
    Arrays.fill(reachedIn, -1);
    var current = new ArrayList<State>();
    var following = new ArrayList<State>();
    var step = 0;
    reach(start, step, reachedIn, current);
    for (var i = rootLength(path); i < path.length() && !current.isEmpty(); step++) {
      var character = path.codePointAt(i);
      i += Character.charCount(character);
      following.clear();
      for (var state : current) {
        if (state.accepted != null && state.accepted.test(character)) {
          reach(state.next.getFirst(), step + 1, reachedIn, following);
        }
      }
      var before = current;
      current = following;
      following = before;
    }
    return !current.isEmpty() && reachedIn[last.number] == step;
  }

  /** Adds the state and all that follow it without a character, once in a step. */
  private static void reach(State state, int step, int[] reachedIn, List<State> reached) {
    if (reachedIn[state.number] == step) {
      return;
    }
    reachedIn[state.number] = step;
    reached.add(state);
    if (state.accepted == null) {
      for (var next : state.next) {
        reach(next, step, reachedIn, reached);
      }
    }
  }

  private static boolean isAny(int character) {
    return true;
  }

  private static boolean isInSegment(int character) {
    return character != '/';
  }

  private static int rootLength(String path) {
    var length = 0;
    while (path.startsWith("/", length) || path.startsWith("./", length)) {
      length += path.startsWith("/", length) ? 1 : 2;
    }
    return length;
  }

  private void addGroup() {
    var before = last;
    var after = state(null);
    var wasAtRoot = isAtRoot;
    var wasAtSegment = isAtSegment;
    var endsAtSegment = true;
    while (true) {
      last = connect(before, state(null));
      isAtRoot = wasAtRoot;
      isAtSegment = wasAtSegment;
      while (peek() != ',' && peek() != '}') {
        if (peek() == '{') {
          throw new IllegalArgumentException("The glob has a group inside a group");
        }
        addPart();
      }
      connect(last, after);
      endsAtSegment &= isAtSegment;
      if (take() == '}') {
        break;
      }
    }
    last = after;
    isAtRoot = false;
    isAtSegment = endsAtSegment;
  }

  /** Adds a part that is not a group. */
  private void addPart() {
    var character = take();
    if (isAtRoot && character == '.' && at < glob.length && glob[at] == '/') {
      at++;
      return;
    }
    if (isAtRoot && character == '/') {
      return;
    }
    isAtRoot = false;
    switch (character) {
      case '*' -> addStars();
      case '?' -> addCharacter(Glob::isInSegment);
      case '[' -> addCharacter(characterClass());
      case '\\' -> addLiteral(take());
      default -> addLiteral(character);
    }
  }

  private void addLiteral(int literal) {
    addCharacter(character -> character == literal);
    isAtSegment = literal == '/';
  }

  private void addCharacter(IntPredicate accepted) {
    var state = connect(last, state(accepted));
    last = connect(state, state(null));
    isAtSegment = false;
  }

  private void addStars() {
    var first = at;
    while (at < glob.length && glob[at] == '*') {
      at++;
    }
    if (at == first) {
      addAnyNumberOf(Glob::isInSegment);
    } else if (isAtSegment && at < glob.length && glob[at] == '/') {
      at++;
      var before = last;
      addAnyNumberOf(Glob::isAny);
      addLiteral('/');
      connect(before, last);
    } else {
      addAnyNumberOf(Glob::isAny);
    }
  }

  private void addAnyNumberOf(IntPredicate accepted) {
    var loop = connect(last, state(null));
    connect(connect(loop, state(accepted)), loop);
    last = connect(loop, state(null));
    isAtSegment = false;
  }

  private IntPredicate characterClass() {
    var isNegated = peek() == '!';
    if (isNegated) {
      at++;
    }
    IntPredicate members = _ -> false;
    var isEmpty = true;
    while (peek() != ']' || isEmpty) {
      isEmpty = false;
      var from = classMember();
      var to = from;
      if (peek() == '-' && at + 1 < glob.length && glob[at + 1] != ']') {
        at++;
        to = classMember();
      }
      members = members.or(range(from, to));
    }
    at++;
    return (isNegated ? members.negate() : members).and(Glob::isInSegment);
  }

  private static IntPredicate range(int from, int to) {
    if (from > to) {
      throw new IllegalArgumentException("The glob has a range that ends before it begins");
    }
    return character -> from <= character && character <= to;
  }

  private int classMember() {
    var member = take();
    if (member == '/') {
      throw new IllegalArgumentException("The glob has a / in a character class");
    }
    return member;
  }

  private int take() {
    var character = peek();
    at++;
    return character;
  }

  private int peek() {
    if (at >= glob.length) {
      throw new IllegalArgumentException("The glob is incomplete");
    }
    return glob[at];
  }

  private State state(@Nullable IntPredicate accepted) {
    var state = new State(accepted, states.size());
    states.add(state);
    return state;
  }

  private static State connect(State from, State to) {
    from.next.add(to);
    return to;
  }
}
