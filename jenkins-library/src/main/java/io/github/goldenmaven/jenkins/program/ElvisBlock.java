package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.impl.ConstantBlock;
import org.jspecify.annotations.Nullable;

/** {@code value ?: otherwise}. The value is not kept while the other one is worked out. */
record ElvisBlock(Block value, Block otherwise) implements Block {

  @Override
  public Next eval(Env env, Continuation next) {
    return new Next(value, env, new Given(env, next, otherwise));
  }

  private record Given(Env env, Continuation next, Block otherwise) implements Continuation {
    @Override
    public Next receive(@Nullable Object value) {
      Block truth = Casts.block(null, new ConstantBlock(value));
      return new Next(truth, env, new Decided(this, value));
    }
  }

  private record Decided(Given given, @Nullable Object value) implements Continuation {
    @Override
    public Next receive(Object truth) {
      return Boolean.TRUE.equals(truth)
          ? given.next.receive(value)
          : new Next(given.otherwise, given.env, given.next);
    }
  }
}
