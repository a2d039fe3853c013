namespace Signals.Core.Intake.Monitoring;

/// <summary>What Signals does of its own accord: a fault in one of these ends none of the others.</summary>
public enum BackgroundWork
{
    /// <summary>Putting the model into force.</summary>
    Model,

    /// <summary>Noticing that the clock went back.</summary>
    Clock,

    /// <summary>Turning wake-ups that are due into work.</summary>
    WakeUps,

    /// <summary>The managers' mornings.</summary>
    Digest,

    /// <summary>The team's week.</summary>
    Report,

    /// <summary>All that is done once a day.</summary>
    Housekeeping,

    /// <summary>Putting counters together.</summary>
    Counters,

    /// <summary>Forgetting the pipeline's minutes.</summary>
    Minutes,

    /// <summary>Forgetting what was quarantined long ago.</summary>
    Quarantine,

    /// <summary>Forgetting moves between levels.</summary>
    Moves,

    /// <summary>Forgetting figures of days long over.</summary>
    OldFigures,

    /// <summary>Forgetting what is no longer met.</summary>
    Notes,

    /// <summary>Forgetting messages that are older than the model keeps them.</summary>
    OldMessages,

    /// <summary>Forgetting the audit trail's old entries.</summary>
    OldAudit,

    /// <summary>Forgetting sessions and links of the team that ended, and what can no longer be undone.</summary>
    OldAccess,

    /// <summary>Letting go of people and accounts that were silent for longer than the model keeps them.</summary>
    SilentPeople,

    /// <summary>What is usual among accounts alike.</summary>
    Norms,

    /// <summary>What messages achieved, summed up.</summary>
    Effects,

    /// <summary>How many messages each playbook planned.</summary>
    Playbooks,

    /// <summary>Accounts by level and cause, day by day.</summary>
    Figures,

    /// <summary>How accounts were before Signals looked, worked out of imported history.</summary>
    Hindsight,

    /// <summary>What is true of all accounts together.</summary>
    Measures,

    /// <summary>What customers wrote, across accounts.</summary>
    Words,

    /// <summary>Removing whoever asked to be forgotten.</summary>
    Erasure,

    /// <summary>Lists of accounts and alerts, as somebody looks at them.</summary>
    Lists,
}
