using Signals.Core.Platform.Languages;

namespace Signals.Web.Doctor;

/// <summary>One thing that was looked at: what it is, how it is, and what to do where it is not well.</summary>
public sealed record DoctorFinding(DoctorVerdict Verdict, Phrase Subject, Phrase Text)
{
    public static DoctorFinding Good(Phrase subject, Phrase text) => new(DoctorVerdict.Good, subject, text);

    public static DoctorFinding Hint(Phrase subject, Phrase text) => new(DoctorVerdict.Hint, subject, text);

    public static DoctorFinding Wrong(Phrase subject, Phrase text) => new(DoctorVerdict.Wrong, subject, text);

    public static DoctorFinding Unknown(Phrase subject, Phrase text) => new(DoctorVerdict.Unknown, subject, text);
}

public enum DoctorVerdict
{
    Good,

    /// <summary>It works, and somebody should know.</summary>
    Hint,

    /// <summary>It does not work.</summary>
    Wrong,

    /// <summary>It could not be looked at.</summary>
    Unknown,
}
