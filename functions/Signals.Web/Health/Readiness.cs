using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;

namespace Signals.Web.Health;

/// <summary>Finds out whether the store and the queue answer within a few seconds.</summary>
internal sealed partial class Readiness(IEntityStore store, IMessageQueue queue, TimeProvider clock, ILogger<Readiness> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What does not answer; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(
            AnswersAsync("store", token => store.GetAsync(PipelineCounters.Table, "ready", "probe", token).AsTask(), cancellationToken),
            AnswersAsync("queue", token => queue.ProbeAsync(QueueNames.Usage, token), cancellationToken)
        );
        return [.. answers.OfType<string>()];
    }

    private async Task<string?> AnswersAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        try
        {
            await ask(cancellationToken).WaitAsync(Patience, clock, cancellationToken);
            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            LogMissing(logger, fault, name);
            return name;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Name} does not answer.")]
    private static partial void LogMissing(ILogger logger, Exception fault, string name);
}
