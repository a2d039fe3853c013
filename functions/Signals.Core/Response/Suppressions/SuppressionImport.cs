using Signals.Core.Platform.Csv;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// Takes suppressions over from a CSV file: streaming, in bounded memory, good lines although others are bad. Importing a file again
/// changes nothing. Addresses are kept as keyed hashes only.
/// </summary>
public sealed class SuppressionImport(Recipients recipients, RecipientKey key, TimeProvider clock)
{
    /// <summary>What <see cref="RecipientState.SuppressedBy"/> of an imported one starts with.</summary>
    public const string Source = "import:";

    private const int Concurrency = 16;

    /// <summary>
    /// Reads all of it. Throws <see cref="SuppressionFileException"/> when the first line tells no column of addresses, and
    /// <see cref="TransientStoreException"/>
    /// when the store stays away: what was imported stays, and the same file may be imported again.
    /// </summary>
    /// <param name="csv">The file.</param>
    /// <param name="report">Told each line that could not be imported, in order.</param>
    /// <param name="cancellationToken">Ends it; what was imported stays.</param>
    public async Task<SuppressionsImported> RunAsync(TextReader csv, Action<CsvFault> report, CancellationToken cancellationToken)
    {
        var reader = new CsvReader(csv);
        int entries = 0,
            added = 0,
            faults = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            EntriesAsync(),
            options,
            async (entry, token) =>
            {
                if (await AddAsync(entry, token))
                    Interlocked.Increment(ref added);
            }
        );
        return new SuppressionsImported(entries, added, entries - added, faults);

        async IAsyncEnumerable<Suppression> EntriesAsync()
        {
            SuppressionColumns? columns = null;
            while (await reader.ReadAsync(cancellationToken) is { } record)
            {
                if (SuppressionColumns.HoldsOthers(record))
                {
                    reader.ReadAgainByLine();
                    continue;
                }
                string? fault = record.Fault;
                if (fault is null && columns is null)
                {
                    columns = SuppressionColumns.Of(record.Fields, out bool hasNames) ?? throw SuppressionFileException.OfFirstLine(record);
                    if (hasNames)
                        continue;
                }
                var entry = fault is null ? columns!.Read(record.Fields, key, clock.GetUtcNow(), out fault) : null;
                if (entry is null)
                {
                    faults++;
                    report(new CsvFault(record.Line, fault!));
                    continue;
                }
                entries++;
                yield return entry;
            }
        }
    }

    private async Task<bool> AddAsync(Suppression entry, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await recipients.SuppressAsync(
                    entry.Recipient,
                    entry.Topic,
                    Source + entry.Reason,
                    entry.CreatedAt,
                    cancellationToken
                );
            }
            catch (TransientStoreException fault) when (attempt < Backoff.WhileAway.MaxAttempts)
            {
                await Backoff.WhileAway.PauseAsync(attempt, clock, cancellationToken, fault.RetryAfter);
            }
        }
    }
}

/// <summary>What an import did.</summary>
/// <param name="Entries">Lines that were understood.</param>
/// <param name="Suppressed">Of these, how many were news.</param>
/// <param name="Known">How many were suppressed before.</param>
/// <param name="Faults">Lines that could not be imported.</param>
public sealed record SuppressionsImported(int Entries, int Suppressed, int Known, int Faults);

/// <summary>A line (from 1) that could not be imported: what was found and what is expected.</summary>
public sealed record CsvFault(int Line, string Problem)
{
    public override string ToString() => $"line {Line}: {Problem}";
}

/// <summary>A file that is no list of suppressions; the message says what was found and what is expected.</summary>
public sealed class SuppressionFileException(string message) : Exception(message)
{
    private const int MaxColumns = 8;

    internal static SuppressionFileException OfFirstLine(CsvRecord record) =>
        new(
            $"line {record.Line}: found columns {string.Join(", ", record.Fields.Take(MaxColumns).Select(Model.Reading.ModelNode.Quote))}, "
                + "expected one named \"email\" (or \"recipient\")"
        );
}
