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

/** A value, converted to what the block around it takes. */
record ConvertedBlock(@Nullable SourceLocation locOrNull, Block value, Conversion conversion)
    implements Block {

  /** How a value is converted. */
  enum Conversion {
    /** A GString becomes a String. */
    TEXT {
      @Override
      @Nullable Object apply(@Nullable Object value) {
        return value instanceof GString text ? text.toString() : value;
      }
    },
    /** {@code *list} becomes its elements. */
    SPREAD {
      @Override
      Object apply(@Nullable Object value) {
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
    /** A list in which spread elements stand one by one. */
    EXPANDED {
      @Override
      Object apply(@Nullable Object value) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(value)) {
          all.addAll(each instanceof Many many ? Arrays.asList(many.values) : Arrays.asList(each));
        }
        return all;
      }
    },
    /** {@code *: map} becomes its entries. */
    SPREAD_MAP {
      @Override
      Object apply(@Nullable Object value) {
        return InvokerHelper.spreadMap(value);
      }
    };

    abstract @Nullable Object apply(@Nullable Object value);
  }

  boolean is(Conversion other) {
    return conversion == other;
  }

  @Override
  public Next eval(Env env, Continuation next) {
    return new Next(value, env, new Received(this, env, next));
  }

  private record Received(ConvertedBlock block, Env env, Continuation next)
      implements Continuation {
    @Override
    public Next receive(@Nullable Object value) {
      Object converted;
      try {
        converted = block.conversion.apply(value);
      } catch (IllegalArgumentException | SpreadMapEvaluatingException thrown) {
        return env.getExceptionHandler(thrown.getClass()).receive(thrown);
      }
      return next.receive(converted);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Many(@Nullable Object[] values) implements Serializable {}
}
