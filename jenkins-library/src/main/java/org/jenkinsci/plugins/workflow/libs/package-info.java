/** The annotation by which a Jenkinsfile names its libraries. */
@NullMarked
package org.jenkinsci.plugins.workflow.libs;

import org.jspecify.annotations.NullMarked;
