// A row of a table as an edit of it begins.
import type { MappingRow } from '../../bindings/MappingRow';
import type { RowEdit } from '../../bindings/RowEdit';

/** A row as it is, to be changed. */
export function editOf(row: MappingRow): RowEdit {
  const { id, target, hold, source, onlyWhile, atMostEvery, overridePerson } = row;
  return { row: id, target, hold, source, onlyWhile, atMostEvery, overridePerson };
}
