using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Signals.Local.Backtest;

/// <summary>
/// Reads a file of events on three threads at once: one decompresses and splits lines, one parses, and the caller's folds. Few blocks are
/// ever between them, so that memory does not depend on the file.
/// </summary>
public sealed class EventPipeline(EventFile file, EventLineParser parser)
{
    /// <summary>What waits survives collections: no more than hides the one's pauses from the other.</summary>
    private const int BlocksAhead = 4;

    /// <summary>The bytes of blocks that were folded: read into again, they are still near to the processor, and no garbage.</summary>
    private readonly ConcurrentQueue<byte[]> _spent = new();

    /// <summary>
    /// Hands over every block in the order of the file. Throws <see cref="BadInputException"/> when the file is damaged.
    /// </summary>
    /// <param name="fold">Keeps no payload: its bytes are another block's afterwards.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task ReadAsync(Action<ParsedBlock> fold, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lines = Channel.CreateBounded<LineBlock>(new BoundedChannelOptions(BlocksAhead) { SingleReader = true, SingleWriter = true });
        var events = Channel.CreateBounded<ParsedBlock>(
            new BoundedChannelOptions(BlocksAhead) { SingleReader = true, SingleWriter = true }
        );
        var splitting = Task.Run(() => SplitAsync(lines.Writer, stop.Token), CancellationToken.None);
        var parsing = Task.Run(() => ParseAsync(lines.Reader, events.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var block in events.Reader.ReadAllAsync(cancellationToken))
            {
                fold(block);
                _spent.Enqueue(block.Bytes);
            }
        }
        finally
        {
            // When the fold fails, the others wait for room that never comes.
            await stop.CancelAsync();
            await Task.WhenAll(splitting, parsing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SplitAsync(ChannelWriter<LineBlock> writer, CancellationToken cancellationToken)
    {
        long position = 0;
        try
        {
            var splitter = new LineSplitter(file.Lines, () => position = file.Position, _spent);
            foreach (var block in splitter.Blocks())
                await writer.WriteAsync(block, cancellationToken);
            file.CheckWhole(splitter.Bytes, splitter.EndsInLine);
            writer.Complete();
        }
        catch (InvalidDataException fault)
        {
            writer.Complete(
                new BadInputException(
                    $"{file.Path}: found damaged gzip near byte {position:#,##0} of {file.Length:#,##0} ({fault.Message.TrimEnd('.')}), "
                        + "expected a whole file.",
                    fault
                )
            );
        }
        catch (Exception fault)
        {
            writer.Complete(fault);
        }
    }

    private async Task ParseAsync(ChannelReader<LineBlock> reader, ChannelWriter<ParsedBlock> writer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var block in reader.ReadAllAsync(cancellationToken))
                await writer.WriteAsync(parser.Parse(block), cancellationToken);
            writer.Complete();
        }
        catch (Exception fault)
        {
            writer.Complete(fault);
        }
    }
}
