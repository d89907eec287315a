package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.impl.SourceLocation;
import groovy.lang.GString;
import groovy.lang.SpreadMapEvaluatingException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.jspecify.annotations.Nullable;

/** A value that is put into the shape in which the block around it takes it. */
record ShapedBlock(@Nullable SourceLocation locOrNull, Block value, Shape shape) implements Block {

  /** What is made of the value. */
  enum Shape {
    /** Plain text of a text with values in it. */
    TEXT {
      @Override
      @Nullable Object of(@Nullable Object value) {
        return value instanceof GString text ? text.toString() : value;
      }
    },
    /** The elements that stand for one. */
    SPREAD {
      @Override
      Object of(@Nullable Object value) {
        if (value != null && !(value instanceof List) && !value.getClass().isArray()) {
          throw new IllegalArgumentException(
              "cannot spread the type "
                  + value.getClass().getName()
                  + " with value "
                  + value
                  + (value instanceof Map
                      ? ", did you mean to use the spread-map operator instead?"
                      : ""));
        }
        return new Many(
            value == null
                ? new Object[] {null}
                : DefaultTypeTransformation.asCollection(value).toArray());
      }
    },
    /** A list with those elements in their places. */
    EXPANDED {
      @Override
      Object of(@Nullable Object value) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(value)) {
          all.addAll(each instanceof Many many ? Arrays.asList(many.values) : Arrays.asList(each));
        }
        return all;
      }
    },
    /** A map's entries, which the map around them takes. */
    SPREAD_MAP {
      @Override
      Object of(@Nullable Object value) {
        return InvokerHelper.spreadMap(value);
      }
    };

    abstract @Nullable Object of(@Nullable Object value);
  }

  boolean is(Shape other) {
    return shape == other;
  }

  @Override
  public Next eval(Env env, Continuation next) {
    return new Next(value, env, new Received(this, env, next));
  }

  private record Received(ShapedBlock block, Env env, Continuation next) implements Continuation {
    @Override
    public Next receive(@Nullable Object value) {
      Object shaped;
      try {
        shaped = block.shape.of(value);
      } catch (IllegalArgumentException | SpreadMapEvaluatingException thrown) {
        return env.getExceptionHandler(thrown.getClass()).receive(thrown);
      }
      return next.receive(shaped);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Many(@Nullable Object[] values) implements Serializable {}
}
