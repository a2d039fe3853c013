using System.Diagnostics;

namespace Signals.Smtp;

/// <summary>
/// An access token from a command that prints one, as mail programs have it (msmtp's <c>passwordeval</c>). What the command writes to its
/// error output goes to this process's own.
/// </summary>
internal sealed class TokenCommand(string command, TimeSpan timeout, TimeProvider clock)
{
    /// <summary>
    /// A command does not say how long its token lasts. Such tools keep tokens themselves, so asking again soon costs little.
    /// </summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private const int MaxTokenChars = 16 * 1024;

    public async Task<AccessToken> FetchAsync()
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/c", command])
            : new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = true;
        start.UseShellExecute = false;
        using var limit = new CancellationTokenSource(timeout);
        using var process = Process.Start(start) ?? throw new AccessTokenException("The token command could not be started.");
        try
        {
            process.StandardInput.Close();
            string token = await ReadAsync(process.StandardOutput, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
                throw new AccessTokenException($"The token command ended with exit code {process.ExitCode}.");
            return new AccessToken(token, clock.GetUtcNow() + Kept);
        }
        catch (OperationCanceledException)
        {
            throw new AccessTokenException($"The token command took more than {timeout.TotalSeconds:0.###} s.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> ReadAsync(StreamReader output, CancellationToken cancellationToken)
    {
        char[] buffer = new char[MaxTokenChars + 1];
        int length = await output.ReadBlockAsync(buffer, cancellationToken);
        string token = new string(buffer, 0, length).Trim();
        if (length > MaxTokenChars || token.Length == 0 || !token.All(c => c is > ' ' and <= '~'))
        {
            string found = length > MaxTokenChars ? "more" : $"{token.Length} characters";
            throw new AccessTokenException($"The token command is to print one access token and nothing else; it printed {found}.");
        }
        return token;
    }
}
