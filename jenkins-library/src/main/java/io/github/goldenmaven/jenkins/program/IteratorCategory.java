package io.github.goldenmaven.jenkins.program;

import groovy.lang.Range;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Iterators that can be saved in the middle of a loop. Java's own cannot; Jenkins puts such ones in
 * their place for arrays, lists, deques, sets and maps, and not for ranges, and so does this. That
 * of a list sees what the loop changes in the list, as Jenkins' does.
 */
@SuppressWarnings({"NonApiType", "JdkObsolete"}) // Groovy prefers the nearest class
final class IteratorCategory {

  private IteratorCategory() {}

  public static <E> Iterator<E> iterator(E[] array) {
    return new Saved<>(new ArrayList<>(Arrays.asList(array)));
  }

  public static <E> Iterator<E> iterator(ArrayList<E> list) {
    return new Saved<>(list);
  }

  public static <E> Iterator<E> iterator(LinkedList<E> list) {
    return new Saved<>(list);
  }

  public static <E> Iterator<E> iterator(List<E> list) {
    return list instanceof Range ? list.iterator() : new Saved<>(list);
  }

  public static <E> Iterator<E> iterator(ArrayDeque<E> deque) {
    return new Saved<>(new ArrayList<>(deque));
  }

  public static <E> Iterator<E> iterator(Deque<E> deque) {
    return new Saved<>(new ArrayList<>(deque));
  }

  public static <E> Iterator<E> iterator(Set<E> set) {
    return new Saved<>(new ArrayList<>(set));
  }

  public static <E> Iterator<E> iterator(Collection<E> values) {
    return values instanceof Range ? values.iterator() : new Saved<>(new ArrayList<>(values));
  }

  public static <K, V> Iterator<Map.Entry<K, V>> iterator(Map<K, V> map) {
    return new Saved<>(new ArrayList<>(entrySet(map)));
  }

  public static <K, V> Set<Map.Entry<K, V>> entrySet(Map<K, V> map) {
    Set<Map.Entry<K, V>> entries = new LinkedHashSet<>();
    for (Map.Entry<K, V> entry : map.entrySet()) {
      entries.add(new AbstractMap.SimpleImmutableEntry<>(entry));
    }
    return entries;
  }

  public static <K, V> Set<K> keySet(Map<K, V> map) {
    return new LinkedHashSet<>(map.keySet());
  }

  public static <K, V> Collection<V> values(Map<K, V> map) {
    return new ArrayList<>(map.values());
  }

  private static final class Saved<E> implements Iterator<E>, Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // reported as a list that cannot be saved
    private final List<E> elements;

    private int next;

    private Saved(List<E> elements) {
      this.elements = elements;
    }

    @Override
    public boolean hasNext() {
      return next < elements.size();
    }

    @Override
    public E next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return elements.get(next++);
    }

    @Override
    public void remove() {
      elements.remove(--next);
    }
  }
}
