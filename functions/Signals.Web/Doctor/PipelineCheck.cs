using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Messaging;
using Signals.Web.Api;
using Signals.Web.Health;

namespace Signals.Web.Doctor;

/// <summary>
/// Whether store and queues answer, as they must with the identity and the rights that the app has, and whether anything lies in them.
/// </summary>
internal sealed class PipelineCheck(Readiness readiness, PipelineReader pipeline, IMessageQueue queue) : IDoctorCheck
{
    public bool AsksTheNetwork => false;

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var subject = Phrase.Of("Store and queues");
        var missing = await readiness.MissingAsync(cancellationToken);
        if (missing.Count > 0)
            return
            [
                DoctorFinding.Wrong(
                    subject,
                    Phrase.Of(
                        $"Not reached: {Phrase.Same(string.Join(", ", missing))}. On Azure look at the roles of the app's "
                            + $"identity (Storage Table Data Contributor, Azure Service Bus Data Owner) and at the network."
                    )
                ),
            ];
        var totals = await pipeline.ReadAsync(cancellationToken);
        long dead = 0;
        foreach (string name in QueueNames.All)
            dead += (await queue.GetDepthAsync(name, cancellationToken)).DeadLetteredMessages;
        return dead > 0
            ?
            [
                DoctorFinding.Wrong(
                    subject,
                    Phrase.Of(
                        $"Both answer. Messages in the dead letter: {dead}. They were tried and failed each time; the page of "
                            + $"that name says why."
                    )
                ),
            ]
            :
            [
                DoctorFinding.Good(
                    subject,
                    Phrase.Of($"Both answer. Events accepted: {totals.Accepted}; folded: {totals.Folded}; nothing is in the dead letter.")
                ),
            ];
    }
}
