/**
 * DuckDB macros for Trino functions that DuckDB lacks or defines differently. Views use only functions that then agree. A parameter has a name
 * that no database file has: in a file `x.duckdb` a parameter `x` would stand for the database in every name of a view.
 */
export const trinoMacros: readonly string[] = [
  // Trino counts complete units. DuckDB's date_diff counts boundaries.
  'create or replace macro date_diff(unit_, a_, b_) as date_sub(unit_, a_, b_)',
  // Trino returns x of the row with the largest y, even if x is NULL. DuckDB ignores rows where x is NULL.
  'create or replace macro max_by(x_, y_) as arg_max_null(x_, y_)',
  'create or replace macro min_by(x_, y_) as arg_min_null(x_, y_)',
  'create or replace macro sequence(a_, b_) as generate_series(a_, b_), (a_, b_, c_) as generate_series(a_, b_, c_)',
  'create or replace macro day_of_week(d_) as isodow(d_)',
  'create or replace macro arbitrary(x_) as any_value(x_)',
  'create or replace macro regexp_like(s_, p_) as regexp_matches(s_, p_)',
  'create or replace macro array_join(a_, s_) as array_to_string(a_, s_)',
]
