using Signals.Core.Platform.Languages;
using Signals.Local.Storage;
using Signals.Web.Doctor;

namespace Signals.Local.Hosting;

/// <summary>Whether the data folder can be written and its disk has room: an erasure builds the database anew beside itself.</summary>
internal sealed class DiskCheck(string folder) : IDoctorCheck
{
    private const double Megabyte = 1_000_000;
    private const long LeastBytes = 200_000_000;
    private const long EnoughBytes = 2_000_000_000;

    public bool AsksTheNetwork => false;

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DoctorFinding>>([Finding()]);

    private DoctorFinding Finding()
    {
        var subject = Phrase.Of("Disk");
        string full = Path.GetFullPath(folder);
        if (Unwritable(full) is { } fault)
            return DoctorFinding.Wrong(subject, Phrase.Of($"{Phrase.Same(full)} cannot be written: {Phrase.Same(fault)}."));
        var database = new FileInfo(Path.Combine(full, SqliteDatabase.FileName));
        long held = database.Exists ? database.Length : 0,
            free = new DriveInfo(full).AvailableFreeSpace;
        var sizes = Phrase.Of($"{Phrase.Same(Size(free))} are free, and the database holds {Phrase.Same(Size(held))}");
        if (free < LeastBytes || free < held / 4)
            return DoctorFinding.Wrong(subject, Phrase.Of($"{sizes}: it will be full soon, and senders will be answered 503."));
        return free < EnoughBytes || free < 2 * held
            ? DoctorFinding.Hint(subject, Phrase.Of($"{sizes}: an erasure needs as much again as the database for a while."))
            : DoctorFinding.Good(subject, Phrase.Of($"{sizes}."));
    }

    private static string? Unwritable(string folder)
    {
        string probe = Path.Combine(folder, $".doctor-{Guid.NewGuid():N}");
        try
        {
            new FileStream(probe, PrivateFiles.Options(FileMode.CreateNew, FileAccess.Write)).Dispose();
            File.Delete(probe);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.Message.TrimEnd('.');
        }
    }

    private static string Size(long bytes) => $"{bytes / Megabyte:#,0} MB";
}
