using Signals.Core.Model.Reading;
using Signals.Core.Platform.Csv;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// Takes suppressions over from a CSV file: streaming, in bounded memory, good lines although others are bad. Each record is an entry or a
/// named fault. Importing a file again changes nothing. Addresses are kept as keyed hashes only.
/// </summary>
public sealed class SuppressionImport(Recipients recipients, RecipientKey key, TimeProvider clock)
{
    /// <summary>What <see cref="RecipientState.SuppressedBy"/> of an imported one starts with.</summary>
    public const string Source = "import:";

    private const int Concurrency = 16;

    /// <summary>
    /// Looks at all of it, and reads it then. Throws <see cref="SuppressionFileException"/> when it can't be read with certainty, before
    /// anything was imported, and <see cref="TransientStoreException"/> when the store stays away: what was imported stays, and the same
    /// file may be imported again.
    /// </summary>
    /// <param name="csv">The file; can seek.</param>
    /// <param name="report">Told each line that could not be imported, or of which only the address could be read, in order.</param>
    /// <param name="cancellationToken">Ends it; what was imported stays.</param>
    public async Task<SuppressionsImported> RunAsync(Stream csv, Action<CsvFault> report, CancellationToken cancellationToken)
    {
        var file = await SuppressionFile.LookAtAsync(csv, cancellationToken);
        using var text = file.Open(csv);
        var reader = new CsvReader(text, file.Separator);
        int entries = 0,
            added = 0,
            faults = 0,
            notes = 0;
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
        return new SuppressionsImported(entries, added, entries - added, faults, notes);

        async IAsyncEnumerable<Suppression> EntriesAsync()
        {
            bool isNames = file.HasNames;
            while (await SuppressionFile.NextAsync(reader, cancellationToken) is { } record)
            {
                string? problem = record.Fault;
                if (problem is null && isNames)
                {
                    isNames = false;
                    if (file.NamesAreUnknown)
                        report(CsvFault.OfNames(record));
                    continue;
                }
                var entry = problem is null ? file.Columns.Read(record.Fields, file, key, clock.GetUtcNow(), out problem) : null;
                if (problem is not null)
                    report(new CsvFault(record.Line, problem, IsTaken: entry is not null));
                if (entry is null)
                {
                    faults++;
                    continue;
                }
                entries++;
                notes += problem is null ? 0 : 1;
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
/// <param name="Faults">Lines that could not be imported. Together with the entries, all lines there are.</param>
/// <param name="Notes">Of the entries, those whose time could not be read: they are of now.</param>
public sealed record SuppressionsImported(int Entries, int Suppressed, int Known, int Faults, int Notes = 0);

/// <summary>A line (from 1) that could not be imported, or not all of it: what was found and what is expected.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Problem">Found and expected.</param>
/// <param name="IsTaken">True where the person is suppressed nevertheless.</param>
public sealed record CsvFault(int Line, string Problem, bool IsTaken = false)
{
    public override string ToString() => $"line {Line}: {Problem}";

    internal static CsvFault OfNames(CsvRecord record) =>
        new(
            record.Line,
            $"found {SuppressionFileException.Columns(record)}, read as the names of columns; one named \"email\" was expected",
            IsTaken: true
        );
}

/// <summary>A file that is no list of suppressions; the message says what was found and what is expected.</summary>
public sealed class SuppressionFileException(string message) : Exception(message)
{
    private const int MaxColumns = 8;

    internal static SuppressionFileException OfFirstLine(CsvRecord record) =>
        new($"line {record.Line}: found columns {Columns(record)}, expected one named \"email\" (or \"recipient\")");

    internal static string Columns(CsvRecord record) => string.Join(", ", record.Fields.Take(MaxColumns).Select(ModelNode.Quote));
}
