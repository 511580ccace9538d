namespace RepoPulse.Sql;

/// <summary>Gives out numbers within a transaction. None is given twice, ever.</summary>
internal abstract class SqlCounter
{
    /// <summary>Whether any was given.</summary>
    public abstract bool HasMoved { get; }

    /// <summary>What <see cref="Next"/> will give.</summary>
    public abstract long Upcoming { get; }

    public abstract long Next();

    /// <summary>Says that so many will be asked for, so that they can be had at once.</summary>
    public virtual void Expect(int numbers)
    {
    }

    /// <summary>Called once, when the last has been given.</summary>
    public virtual void Save()
    {
    }
}
