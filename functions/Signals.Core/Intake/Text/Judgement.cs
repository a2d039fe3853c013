using System.Runtime.InteropServices;

namespace Signals.Core.Intake.Text;

/// <summary>
/// A phrase of judgement in a sentence, tokens <paramref name="Start"/> up to <paramref name="End"/>, with its weight as it stands there.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Judgement(int Start, int End, double Weight);
