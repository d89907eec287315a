package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.LValue;
import com.cloudbees.groovy.cps.LValueBlock;
import com.cloudbees.groovy.cps.Next;
import org.jspecify.annotations.Nullable;

/** The left side of an assignment whose value is what was assigned. */
final class AssignmentValueBlock extends LValueBlock {

  private static final long serialVersionUID = 1L;

  private final Block place;

  AssignmentValueBlock(LValueBlock variable) {
    place = variable.asLValue();
  }

  @Override
  protected Next evalLValue(Env env, Continuation next) {
    return new Next(place, env, new Found(next));
  }

  private record Found(Continuation next) implements Continuation {
    @Override
    public Next receive(Object place) {
      return next.receive(new Place((LValue) place));
    }
  }

  private record Place(LValue place) implements LValue {
    @Override
    public Next get(Continuation next) {
      return place.get(next);
    }

    @Override
    public Next set(@Nullable Object value, Continuation next) {
      return place.set(value, new Done(value, next));
    }
  }

  private record Done(@Nullable Object value, Continuation next) implements Continuation {
    @Override
    public Next receive(@Nullable Object nothing) {
      return next.receive(value);
    }
  }
}
