/** The item index in Elasticsearch: its versions, its alias, its entries. */
@NullMarked
package org.minutebook.index.elasticsearch;

import org.jspecify.annotations.NullMarked;
