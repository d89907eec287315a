/** What the gate found, for people, pipelines, spreadsheets and other tools. */
@NullMarked
package io.github.goldenmaven.verify.report;

import org.jspecify.annotations.NullMarked;
