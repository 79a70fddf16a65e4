"""A guard as a trigger of the two databases."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """A trigger: it refuses the operation on the table when the condition holds for the new (or old) row."""

    name: str
    table: str
    operation: str
    refuses_when: str
    because: str

    def create(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [
                f"CREATE TRIGGER {self.name} BEFORE {self.operation} ON {self.table} WHEN {self.refuses_when} "
                f"BEGIN SELECT RAISE(ABORT, '{self.because}'); END"
            ]
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {self.refuses_when} THEN RAISE EXCEPTION '{self.because}' USING ERRCODE = 'check_violation'; END IF; "
            f"{'RETURN OLD' if self.operation == 'DELETE' else 'RETURN NEW'}; END $$",
            f"CREATE TRIGGER {self.name} BEFORE {self.operation} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]

    def drop(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {self.name}"]
        return [f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}"]
