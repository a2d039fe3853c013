using System.Text;
using System.Threading.Channels;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Exports;
using Signals.Local.Backtest;
using Signals.Local.Storage;

namespace Signals.Local.Import;

/// <summary>
/// The first half of an import: every object of every source becomes events of the spool, or a fault with file and line. One thread reads
/// and expands, one understands.
/// </summary>
internal sealed class ImportReading(
    string folder,
    IReadOnlyList<ImportSource> sources,
    IntakeRules? rules,
    string? groupProperty,
    IProgress<ImportProgress> progress
) : IDisposable
{
    private const int BlocksAhead = 16;
    private const int ItemsBetweenSaves = 50_000;
    private const int MostWaitingBytes = 32 * 1024 * 1024;

    private readonly HistoryReader _reader = new(rules, groupProperty);
    private readonly Dictionary<string, long> _leftOut = new(StringComparer.Ordinal);
    private ImportState _state = null!;
    private ImportSpool _spool = null!;
    private FileStream? _faultFile;
    private long _items;
    private long _events;
    private long _faultCount;
    private long? _first;
    private long? _last;
    private string? _told;

    /// <summary>Whose events there were, with how many objects.</summary>
    public IReadOnlyDictionary<ExportShape, long> Shapes => _reader.Mapper.Shapes;

    /// <summary>Reads what is left to read; returns the state of whoever goes on to fold.</summary>
    public async Task<ImportState> RunAsync(ImportState state, ImportSpool spool, CancellationToken cancellationToken)
    {
        Begin(state, spool);
        long before = sources.Take(_state.Source).Sum(source => source.Bytes);
        for (int i = _state.Source; i < sources.Count; i++)
        {
            long skip = i == _state.Source ? _state.Items : 0;
            if (i > _state.Source)
                _items = 0;
            await ReadAsync(i, skip, before, cancellationToken);
            before += sources[i].Bytes;
            Save(_state with { Source = i + 1, Items = 0 });
        }
        _spool.Settle();
        Save(_state with { Phase = ImportPhase.Names, Partition = 0, Slice = 0 });
        return _state;
    }

    public void Dispose() => _faultFile?.Dispose();

    private FileStream Faults => _faultFile ?? throw new InvalidOperationException("Reading has not begun.");

    private void Begin(ImportState state, ImportSpool spool)
    {
        (_state, _spool) = (state, spool);
        (_events, _faultCount, _first, _last, _items) = (state.Events, state.Faults, state.First, state.Last, state.Items);
        foreach (var (reason, count) in state.LeftOut)
            _leftOut[reason] = count;
        _told = ToldPath(state);
        if (File.Exists(_told))
            _reader.Mapper.Load(File.ReadAllBytes(_told));
        _faultFile = new FileStream(
            ImportState.FaultsPath(folder),
            PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read)
        );
        Faults.SetLength(state.FaultsBytes);
        Faults.Position = state.FaultsBytes;
    }

    private async Task ReadAsync(int index, long skip, long before, CancellationToken cancellationToken)
    {
        var source = sources[index];
        await using var reader = await ItemReader.OpenAsync(source, cancellationToken);
        if (reader.Table is { } table)
            reader.Mapping = TableMapping.Parse(_state.Mappings[source.Name], table.Headers);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var blocks = Channel.CreateBounded<(List<RawItem> Items, long Position)>(
            new BoundedChannelOptions(BlocksAhead) { SingleReader = true, SingleWriter = true }
        );
        var reading = Task.Run(() => FillAsync(reader, blocks.Writer, stop.Token), CancellationToken.None);
        try
        {
            long seen = 0;
            await foreach (var (items, position) in blocks.Reader.ReadAllAsync(cancellationToken))
            {
                foreach (var item in items)
                {
                    if (++seen <= skip)
                        continue;
                    Take(reader, item);
                    _items = seen;
                    if (_items % ItemsBetweenSaves == 0 || _spool.WaitingBytes > MostWaitingBytes)
                        Save(_state with { Source = index, Items = _items });
                }
                progress.Report(new ImportProgress(ImportPhase.Reading, _events, 0, before + position, sources.Sum(one => one.Bytes)));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task FillAsync(
        ItemReader reader,
        ChannelWriter<(List<RawItem> Items, long Position)> writer,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await foreach (var block in reader.ReadAsync(cancellationToken))
                await writer.WriteAsync(block, cancellationToken);
            writer.Complete();
        }
        catch (InvalidDataException fault)
        {
            writer.Complete(
                new BadInputException(
                    $"{reader.Place(0)}: found a damaged file ({fault.Message.TrimEnd('.')}), expected a whole one.",
                    fault
                )
            );
        }
        catch (Exception fault)
        {
            writer.Complete(fault);
        }
    }

    private void Take(ItemReader reader, RawItem item)
    {
        if (item.Fault is { } broken)
        {
            Fault(reader, item, broken);
            return;
        }
        var said = _reader.Read(item.Json, _state.BeganAt);
        if (said.LeftOut is { } reason)
            _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;
        foreach (var (read, message) in said.Events)
        {
            if (read.Event is { } usage)
                Accept(reader, item, usage, message);
            else
                Fault(reader, item, Describe(read.Fault!));
        }
    }

    private void Accept(ItemReader reader, RawItem item, UsageEvent usage, ReadOnlyMemory<byte> message)
    {
        // Without a date it would be told as of now, which history is not.
        if (usage.Timestamp >= _state.BeganAt && (usage.Type is EventType.Track or EventType.Page or EventType.Screen))
        {
            Fault(reader, item, "timestamp: found none, or one still to come, expected when it happened");
            return;
        }
        _spool.Add(usage, message.Span);
        _events++;
        long moment = usage.Timestamp.ToUnixTimeMilliseconds();
        _first = _first < moment ? _first : moment;
        _last = _last > moment ? _last : moment;
    }

    private void Fault(ItemReader reader, RawItem item, string text)
    {
        _faultCount++;
        Faults.Write(Encoding.UTF8.GetBytes($"{reader.Place(item.Number)}: {text}\n"));
    }

    private static string Describe(EventFault fault) =>
        fault.Path.Length == 0 ? $"found {fault.Found}, expected {fault.Expected}" : fault.Reason;

    private void Save(ImportState state)
    {
        Faults.Flush();
        string? old = _told;
        state = state with
        {
            Lengths = _spool.Write(),
            FaultsBytes = Faults.Length,
            Events = _events,
            Faults = _faultCount,
            LeftOut = new Dictionary<string, long>(_leftOut, StringComparer.Ordinal),
            First = _first,
            Last = _last,
        };
        byte[] told = _reader.Mapper.Save();
        _told = ToldPath(state);
        if (told.Length > 0)
            File.WriteAllBytes(_told, told);
        state.Save(folder);
        _state = state;
        if (old is not null && old != _told)
            File.Delete(old);
    }

    /// <summary>Named by how far reading was, so that what was told and what was read are of one moment.</summary>
    private string ToldPath(ImportState state) => $"{ImportState.ToldPath(folder)}-{state.Source}-{state.Items}";
}
