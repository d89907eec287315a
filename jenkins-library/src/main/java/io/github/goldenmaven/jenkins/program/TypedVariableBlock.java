package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.LValue;
import com.cloudbees.groovy.cps.LValueBlock;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.impl.ConstantBlock;
import com.cloudbees.groovy.cps.impl.SourceLocation;
import org.jspecify.annotations.Nullable;

/** A local variable or a parameter; what it is given is cast to its type. */
final class TypedVariableBlock extends LValueBlock {

  private static final long serialVersionUID = 1L;

  private final SourceLocation loc;
  private final String name;

  TypedVariableBlock(SourceLocation loc, String name) {
    this.loc = loc;
    this.name = name;
  }

  @Override
  protected Next evalLValue(Env env, Continuation next) {
    return next.receive(new Place(env, loc, name));
  }

  private record Place(Env env, SourceLocation loc, String name) implements LValue {
    @Override
    public Next get(Continuation next) {
      return next.receive(env.getLocalVariable(name));
    }

    @Override
    public Next set(@Nullable Object value, Continuation next) {
      Class<?> type = env.getLocalVariableType(name);
      Continuation done = new Cast(this, next);
      return type == null || type == Object.class
          ? done.receive(value)
          : new Next(
              Casts.block(loc, new ConstantBlock(value), new ConstantBlock(type)), env, done);
    }
  }

  private record Cast(Place place, Continuation next) implements Continuation {
    @Override
    public Next receive(@Nullable Object value) {
      place.env.setLocalVariable(place.name, value);
      return next.receive(null);
    }
  }
}
