-- One row: one relation as its kind's query found it; a and b hold the witnesses, a_all and b_all every figure of either side.
CREATE OR REPLACE TEMP TABLE found (
    kind VARCHAR, severity VARCHAR, rule VARCHAR, story VARCHAR, measure VARCHAR, unit VARCHAR, population VARCHAR, place VARCHAR, as_of DATE,
    a BIGINT[], b BIGINT[], a_all BIGINT[], b_all BIGINT[],
    a_low DECIMAL(28, 6), a_high DECIMAL(28, 6), b_low DECIMAL(28, 6), b_high DECIMAL(28, 6), explanation VARCHAR
);
