package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Builder;
import com.cloudbees.groovy.cps.LValueBlock;
import com.cloudbees.groovy.cps.MethodLocation;
import com.cloudbees.groovy.cps.impl.ArrayAccessBlock;
import com.cloudbees.groovy.cps.impl.AssignmentBlock;
import com.cloudbees.groovy.cps.impl.AttributeAccessBlock;
import com.cloudbees.groovy.cps.impl.ExcrementOperatorBlock;
import com.cloudbees.groovy.cps.impl.FunctionCallBlock;
import com.cloudbees.groovy.cps.impl.MethodPointerBlock;
import com.cloudbees.groovy.cps.impl.PropertyAccessBlock;
import com.cloudbees.groovy.cps.impl.SourceLocation;
import com.cloudbees.groovy.cps.sandbox.CallSiteTag;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a method's program, which compiled pipelines call. Each method that is overridden here
 * gives what today's Jenkins gives: an assignment has a value, {@code &&} and {@code ||} give a
 * boolean, conditions and casts fail inside the pipeline, {@code *} spreads. The rest only hands on
 * who is trusted, which the builder underneath keeps to itself.
 */
public final class PipelineBuilder extends Builder {

  private final MethodLocation method;
  private Collection<CallSiteTag> tags = Collections.emptySet();

  /** A builder of the program of one method. */
  public PipelineBuilder(MethodLocation method) {
    super(method);
    this.method = method;
  }

  @Override
  public Builder contextualize(CallSiteTag... trust) {
    tags = Arrays.asList(trust);
    return this;
  }

  /** An argument or an element that is spread into many. */
  public Block spread(int line, Block list) {
    return new ConvertedBlock(loc(line), list, ConvertedBlock.Conversion.SPREAD);
  }

  /** A map's entries within another map. */
  public Block spreadMap(int line, Block map) {
    return new ConvertedBlock(loc(line), map, ConvertedBlock.Conversion.SPREAD_MAP);
  }

  @Override
  public Block list(Block... elements) {
    Block list = super.list(elements);
    return spreads(elements)
        ? new ConvertedBlock(null, list, ConvertedBlock.Conversion.EXPANDED)
        : list;
  }

  @Override
  public Block functionCall(int line, Block receiver, Block name, boolean safe, Block... values) {
    SourceLocation loc = loc(line);
    return spreads(values)
        ? new SpreadCallBlock(loc, tags, receiver, name, safe, list(values))
        : new FunctionCallBlock(loc, tags, receiver, name, safe, values);
  }

  @Override
  public Block new_(int line, Block type, Block... values) {
    return functionCall(line, type, constant("<init>"), false, values);
  }

  private static boolean spreads(Block... values) {
    return Stream.of(values)
        .anyMatch(
            value ->
                value instanceof ConvertedBlock shaped
                    && shaped.is(ConvertedBlock.Conversion.SPREAD));
  }

  @Override
  public Block methodPointer(int line, Block object, Block name) {
    Block text = new ConvertedBlock(loc(line), name, ConvertedBlock.Conversion.TEXT);
    return new MethodPointerBlock(loc(line), object, text, tags);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the overridden
  public Block newArray(int line, Class type, Block... sizes) {
    return super.newArray(
        line,
        type,
        Stream.of(sizes).map(size -> cast(line, size, int.class, false)).toArray(Block[]::new));
  }

  @Override
  @SuppressWarnings("rawtypes") // as the overridden
  public Block cast(int line, Block value, Class type, boolean coerce) {
    return staticCall(line, Casts.class, coerce ? "asType" : "castToType", value, constant(type));
  }

  /** A condition as a boolean. It is never marked as trusted, so the sandbox always checks it. */
  private static Block truth(Block condition) {
    return Casts.block(null, condition);
  }

  @Override
  public Block if_(Block condition, Block then, Block otherwise) {
    return super.if_(truth(condition), then, otherwise);
  }

  @Override
  public Block forLoop(
      @Nullable String label, Block first, Block condition, Block next, Block body) {
    return super.forLoop(label, first, truth(condition), next, body);
  }

  @Override
  public Block while_(@Nullable String label, Block condition, Block body) {
    return super.while_(label, truth(condition), body);
  }

  @Override
  public Block assert_(Block condition, Block message, String text) {
    return super.assert_(truth(condition), message, text);
  }

  @Override
  public Block not(int line, Block condition) {
    return super.not(line, truth(condition));
  }

  @Override
  public Block logicalAnd(int line, Block one, Block other) {
    return super.logicalAnd(line, truth(one), truth(other));
  }

  @Override
  public Block logicalOr(int line, Block one, Block other) {
    return super.logicalOr(line, truth(one), truth(other));
  }

  @Override
  public Block elvisOp(Block value, Block otherwise) {
    return new ElvisBlock(value, otherwise);
  }

  @Override
  public LValueBlock localVariable(int line, String name) {
    return new TypedVariableBlock(loc(line), name);
  }

  @Override
  public Block assign(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, null);
  }

  private Block assigned(int line, LValueBlock variable, Block value, @Nullable String operator) {
    return new AssignmentBlock(
        loc(line), tags, new AssignmentValueBlock(variable), value, operator);
  }

  @Override
  public Block plusEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "plus");
  }

  @Override
  public Block minusEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "minus");
  }

  @Override
  public Block multiplyEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "multiply");
  }

  @Override
  public Block divEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "div");
  }

  @Override
  public Block intdivEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "intdiv");
  }

  @Override
  public Block modEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "mod");
  }

  @Override
  public Block powerEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "power");
  }

  @Override
  public Block leftShiftEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "leftShift");
  }

  @Override
  public Block rightShiftEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "rightShift");
  }

  @Override
  public Block rightShiftUnsignedEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "rightShiftUnsigned");
  }

  @Override
  public Block bitwiseAndEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "and");
  }

  @Override
  public Block bitwiseOrEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "or");
  }

  @Override
  public Block bitwiseXorEqual(int line, LValueBlock variable, Block value) {
    return assigned(line, variable, value, "xor");
  }

  @Override
  public Block prefixInc(int line, LValueBlock variable) {
    return new ExcrementOperatorBlock(loc(line), tags, "next", true, variable);
  }

  @Override
  public Block prefixDec(int line, LValueBlock variable) {
    return new ExcrementOperatorBlock(loc(line), tags, "previous", true, variable);
  }

  @Override
  public Block postfixInc(int line, LValueBlock variable) {
    return new ExcrementOperatorBlock(loc(line), tags, "next", false, variable);
  }

  @Override
  public Block postfixDec(int line, LValueBlock variable) {
    return new ExcrementOperatorBlock(loc(line), tags, "previous", false, variable);
  }

  @Override
  public LValueBlock property(int line, Block object, Block property, boolean safe) {
    return new PropertyAccessBlock(loc(line), tags, object, property, safe);
  }

  @Override
  public LValueBlock attribute(int line, Block object, Block property, boolean safe) {
    return new AttributeAccessBlock(loc(line), tags, object, property, safe);
  }

  @Override
  public LValueBlock array(int line, Block object, Block index) {
    return new ArrayAccessBlock(loc(line), tags, object, index);
  }

  private SourceLocation loc(int line) {
    return new SourceLocation(method, line);
  }
}
