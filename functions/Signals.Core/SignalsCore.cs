using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Core.Daily;
using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Daily.Digests;
using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Kept;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Norms;
using Signals.Core.Daily.PersonFiles;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.DeadLetters;
using Signals.Core.Processing.Folding;
using Signals.Core.Processing.Opening;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.Sending;
using Signals.Core.Processing.WakeUps;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Delivery;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Links;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.Response.Reviews;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Audit;
using Signals.Core.State.Collection;
using Signals.Core.State.Indexes;
using Signals.Core.State.Seen;
using Signals.Core.State.WakeUps;

namespace Signals.Core;

public static class SignalsCore
{
    /// <summary>
    /// Everything between the ports. The host adds the ports themselves (IEntityStore, IMessageQueue, IEmailSender, IMessageRenderer), the
    /// keys (RecipientKey, LinkKeys), the PublicAddress and a TimeProvider; an ITextAnalyzer where the embedded one is not to be
    /// used.
    /// </summary>
    public static IServiceCollection AddSignalsCore(this IServiceCollection services, ValueModel model)
    {
        services.AddSingleton(model);
        services.AddSingleton<EventFolder>();
        services.AddSingleton<WakeIndex>();
        services.AddSingleton<WakeSweep>();
        services.AddSingleton<HistoryMover>();
        services.AddSingleton<PersonDirectory>();
        services.AddSingleton<EventRouter>();
        services.AddSingleton<AccountFold>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<PipelineCounters>();
        services.AddSingleton<StateGuard>();
        services.AddSingleton<DeadLetterDesk>();
        services.AddSingleton<MinuteCounts>();
        services.AddSingleton<NamesInUse>();
        services.AddSingleton<SeenBook>();
        services.AddSingleton<LeftOutCounts>();
        services.AddSingleton<LeftOutList>();
        services.AddSingleton<PipelineWatch>();
        services.AddSingleton<UnreadableRows>();
        services.AddSingleton<WorkSteps>();
        services.AddSingleton<LiveSince>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<KnownEvents>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<ShardedList>();
        services.AddSingleton<AccountFacets>();
        services.AddSingleton<AccountLists>();
        services.AddSingleton<OutreachLists>();
        services.AddSingleton<OutreachRows>();
        services.AddSingleton<LinkTokens>();
        services.AddSingleton<UnsubscribeTokens>();
        services.AddSingleton<AddressTokens>();
        services.AddSingleton<OutreachPlanner>();
        services.AddSingleton<MessageHolds>();
        services.AddSingleton<AlertRules>();
        services.AddSingleton<AlertMessages>();
        services.AddSingleton<AlertRows>();
        services.AddSingleton<AlertLists>();
        services.AddSingleton<AlertKeeper>();
        services.AddSingleton<AlertBook>();
        services.AddSingleton<OutreachCarrier>();
        services.TryAddSingleton(new OutreachOptions());
        services.AddSingleton<ErasedIds>();
        services.AddSingleton<Recipients>();
        services.AddSingleton<ProductWishes>();
        services.AddSingleton<SuppressionList>();
        services.AddSingleton<SuppressionImport>();
        services.AddSingleton<SuppressionExport>();
        services.AddSingleton<ISuppressions>(provider => provider.GetRequiredService<Recipients>());
        services.AddSingleton<BouncedAddresses>();
        services.AddSingleton<DeliveryReports>();
        services.AddSingleton<SeenPosts>();
        services.AddSingleton<TeamMails>();
        services.AddSingleton<DailyDigest>();
        services.AddSingleton<WeeklyReport>();
        services.AddSingleton<EffectLog>();
        services.AddSingleton<PlaybookTally>();
        services.AddSingleton<SendBudget>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<CohortStore>();
        services.AddSingleton<CohortPass>();
        services.AddSingleton<EarlyNorms>();
        services.AddSingleton<ReviewDecider>();
        services.AddSingleton<ReviewReader>();
        services.AddSingleton<ReviewWriter>();
        services.AddSingleton<ReviewService>();
        services.AddSingleton<ReviewFanOut>();
        services.AddSingleton<ModelActivation>();
        services.AddSingleton<FigureBook>();
        services.AddSingleton<FigurePass>();
        services.AddSingleton<VerbatimBook>();
        services.AddSingleton<MeasurePass>();
        services.AddSingleton<PersonFinder>();
        services.AddSingleton<PersonFileReader>();
        services.TryAddSingleton<IKeptMail, NoKeptMail>();
        services.AddSingleton<OldMessages>();
        services.AddSingleton<ErasureBook>();
        services.AddSingleton<AccountEraser>();
        services.AddSingleton<RowEraser>();
        services.AddSingleton<LeftoverEraser>();
        services.AddSingleton<ErasureDesk>();
        services.AddSingleton<ErasureWork>();
        services.TryAddSingleton<ITextAnalyzer, EmbeddedTextAnalyzer>();
        services.AddSingleton<IMessageHandler, FoldHandler>();
        services.AddSingleton<IMessageHandler, ReviewHandler>();
        services.AddSingleton<IMessageHandler, OutreachHandler>();
        return services;
    }
}
