namespace Signals.Web.Doctor;

/// <summary>Looks at one matter around the app. It changes nothing and sends nothing to anybody.</summary>
public interface IDoctorCheck
{
    /// <summary>True when it asks other machines.</summary>
    bool AsksTheNetwork { get; }

    Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken);
}
