package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.impl.ConstantBlock;
import com.cloudbees.groovy.cps.impl.FunctionCallBlock;
import com.cloudbees.groovy.cps.impl.SourceLocation;
import com.cloudbees.groovy.cps.sandbox.CallSiteTag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A call whose number of arguments is known when they are: {@code f(*list)}. */
record SpreadCallBlock(
    SourceLocation loc,
    Collection<CallSiteTag> tags,
    Block receiver,
    Block name,
    boolean safe,
    Block values)
    implements Block {

  @Override
  public Next eval(Env env, Continuation next) {
    return new Next(receiver, env, new Known(this, env, next, new ArrayList<>()));
  }

  /** The receiver, then the name, then the list of arguments. */
  private record Known(SpreadCallBlock call, Env env, Continuation next, List<@Nullable Object> so)
      implements Continuation {
    @Override
    public Next receive(@Nullable Object value) {
      List<@Nullable Object> known = new ArrayList<>(so);
      known.add(value);
      if (known.size() < 3) {
        Block wanted = known.size() == 1 ? call.name : call.values;
        return new Next(wanted, env, new Known(call, env, next, known));
      }
      Block[] values =
          ((List<?>) Objects.requireNonNull(value))
              .stream().map(ConstantBlock::new).toArray(Block[]::new);
      Block called = new ConstantBlock(known.get(0));
      Block named = new ConstantBlock(known.get(1));
      return new FunctionCallBlock(call.loc, call.tags, called, named, call.safe, values)
          .eval(env, next);
    }
  }
}
