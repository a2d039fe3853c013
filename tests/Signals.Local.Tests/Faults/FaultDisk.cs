using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using Signals.Testing;
using Signals.Testing.Faults;

namespace Signals.Local.Tests.Faults;

/// <summary>
/// The disk of a run: a folder, at times a small file system of its own that can be filled, and below the app a library that makes its
/// calls fail or linger, where a C compiler is at hand to build it (<c>disk.c</c>).
/// </summary>
internal sealed class FaultDisk : IDisposable
{
    private const int InputOutput = 5;
    private const int NoSpace = 28;

    /// <summary>More than the log grows to before it is written back; a full log leaves no room to do so.</summary>
    private const string Size = "192m";

    private static readonly Lazy<bool> MayMount = new(TryMount);
    private static readonly Lazy<string?> Library = new(TryCompile);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _orders;
    private readonly string _ordersPath;
    private readonly FaultStory _story;

    /// <param name="folder">Of the run, and there.</param>
    /// <param name="wantsOwn">Whether it is to be a file system of its own, where that may be.</param>
    /// <param name="story">What is told.</param>
    public FaultDisk(string folder, bool wantsOwn, FaultStory story)
    {
        _story = story;
        Data = Path.Combine(folder, "data");
        _ordersPath = Path.Combine(folder, "orders");
        Directory.CreateDirectory(Data);
        File.WriteAllBytes(_ordersPath, new byte[Environment.SystemPageSize]);
        _file = MemoryMappedFile.CreateFromFile(_ordersPath);
        _orders = _file.CreateViewAccessor();
        IsOwn = wantsOwn && MayMount.Value;
        if (IsOwn)
            Run("mount", "-t", "tmpfs", "-o", "size=" + Size, "tmpfs", Data);
    }

    private enum Order
    {
        SyncPercent,
        SyncDelay,
        WritePercent,
        WriteError,
        WriteShort,
        ReadPercent,
        Failed,
        Lingered,
    }

    /// <summary>Null where no C compiler is at hand: then its calls all succeed.</summary>
    public static string? Preloaded => Library.Value;

    /// <summary>The app's data folder.</summary>
    public string Data { get; }

    /// <summary>Whether it can be filled.</summary>
    public bool IsOwn { get; }

    /// <summary>What the app's environment holds, so that its calls can fail.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["SIGNALS_FAULT_ORDERS"] = _ordersPath, ["SIGNALS_FAULT_FOLDER"] = Data };

    /// <summary>Has some calls fail or linger for a while; how many it were is told.</summary>
    public async Task BreakAsync(Random random, CancellationToken cancellationToken)
    {
        if (Preloaded is null)
        {
            _story.Tell("no C compiler: the disk's calls all succeed");
            return;
        }
        int percent = random.Next(3) == 0 ? 100 : random.Next(1, 50);
        var (order, value, what) = random.Next(6) switch
        {
            0 => (Order.SyncPercent, percent, $"{percent}% of its syncs fail"),
            1 => (Order.SyncDelay, percent * 5, $"each of its syncs takes {percent * 5} ms longer"),
            2 => (Order.WritePercent, percent, $"{percent}% of its writes fail for an error"),
            3 => (Order.WritePercent, percent, $"{percent}% of its writes fail for want of room"),
            4 => (Order.WriteShort, percent, $"{percent}% of its writes write a half"),
            _ => (Order.ReadPercent, percent, $"{percent}% of its reads fail"),
        };
        Set(Order.WriteError, what.EndsWith("room", StringComparison.Ordinal) ? NoSpace : InputOutput);
        int before = Get(Order.Failed) + Get(Order.Lingered);
        Set(order, value);
        await Task.Delay(random.Next(50, 1200), cancellationToken);
        Set(order, 0);
        _story.Tell($"{what}: {Get(Order.Failed) + Get(Order.Lingered) - before} did");
    }

    /// <summary>Has no room for a while.</summary>
    public async Task FillAsync(Random random, CancellationToken cancellationToken)
    {
        string ballast = Path.Combine(Data, "ballast");
        try
        {
            await using var file = new FileStream(ballast, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
            byte[] block = new byte[64 * 1024];
            while (true)
                await file.WriteAsync(block, cancellationToken);
        }
        catch (IOException)
        {
            _story.Tell("the disk is full");
        }
        await Task.Delay(random.Next(100, 1200), cancellationToken);
        File.Delete(ballast);
        _story.Tell("the disk has room again");
    }

    public void Dispose()
    {
        _orders.Dispose();
        _file.Dispose();
        if (IsOwn)
            Run("umount", Data);
    }

    private void Set(Order order, int value) => _orders.Write((int)order * sizeof(int), value);

    private int Get(Order order) => _orders.ReadInt32((int)order * sizeof(int));

    /// <summary>A disk of its own needs rights that not every machine gives.</summary>
    private static bool TryMount()
    {
        string folder = Directory.CreateTempSubdirectory("signals-mount-").FullName;
        bool may = Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder);
        if (may)
            Run("umount", folder);
        Directory.Delete(folder);
        return may;
    }

    private static string? TryCompile()
    {
        string source = Path.Combine(Repository.Root, "tests", "Signals.Local.Tests", "Faults", "disk.c");
        string library = Path.Combine(AppContext.BaseDirectory, "faults-disk.so");
        return Run("cc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl") ? library : null;
    }

    private static bool Run(string program, params IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true }
            )!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
