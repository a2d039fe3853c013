using Signals.Core.Intake.Exports;
using Signals.Local.Backtest;

namespace Signals.Local.Import;

/// <summary>A table among the files, and which of its columns say what.</summary>
internal sealed record FoundTable(string Name, TableMapping Mapping, IReadOnlyList<string>? FirstRow)
{
    /// <summary>The mapping; throws <see cref="BadInputException"/> where it does not say enough to make events of rows.</summary>
    public TableMapping Usable =>
        Mapping.Problem is { } problem
            ? throw new BadInputException($"{Name}: found {problem}. Say with --map which columns say what.")
            : Mapping;

    /// <summary>
    /// By what <c>--map</c> says, or by a guess without it. Throws <see cref="BadInputException"/> for columns that the table does not
    /// have.
    /// </summary>
    public static FoundTable Of(ImportSource source, TableEvents table, string? map)
    {
        try
        {
            return new FoundTable(source.Name, table.MappingBy(map), table.FirstRow);
        }
        catch (TableMappingException fault)
        {
            throw new BadInputException($"--map: {source.Name}: {fault.Message}.", fault);
        }
    }
}
